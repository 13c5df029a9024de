/** What a collector is told of commits, publishes and jobs; and that nothing is loaded where nobody collects. */
import { assert, assertEquals } from "@std/assert";
import { openTracing } from "../../lib/realtime/tracing.ts";
import { AppProcess } from "../support/app.ts";
import { pusherServer } from "../support/pusher_sdk.ts";
import { waitFor } from "../support/wait.ts";

interface Span {
  name: string;
  traceId: string;
  parentSpanId?: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status?: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}

/** Keeps the spans that are posted to it as OTLP over JSON. */
function collector() {
  const spans: Span[] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const body = await request.json();
      for (const { scopeSpans } of body.resourceSpans ?? []) {
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
      return Response.json({});
    },
  );
  return { spans, server, origin: `http://127.0.0.1:${server.addr.port}` };
}

/** OTLP writes integers as text. */
function attributes({ attributes }: Span): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => {
    const [kind, given] = Object.entries(value)[0]!;
    return [key, kind === "intValue" ? Number(given) : given];
  }));
}

Deno.test("off, there is nothing to call", async () => {
  assertEquals(await openTracing(false), undefined);
});

Deno.test("a collector gets a span a commit, a publish and an attempt of a job", async () => {
  const { spans, server, origin } = collector();
  const directory = await Deno.makeTempDir();
  const refusing = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(null, { status: 500 }),
  );
  try {
    await using app = await AppProcess.start({
      kvPath: `${directory}/kv.db`,
      env: {
        OTEL_DENO: "true",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
        OTEL_EXPORTER_OTLP_ENDPOINT: origin,
        OTEL_BSP_SCHEDULE_DELAY: "100",
        WEBHOOKS: JSON.stringify([{
          id: "refuses",
          url: `http://127.0.0.1:${refusing.addr.port}/`,
          types: ["cache_miss", "channel_occupied"],
        }]),
      },
    });
    const pusher = pusherServer(app);
    const answer = await pusher.trigger(["traced-a", "traced-b"], "hello", {});
    assertEquals(answer.status, 200);
    await answer.text();
    const stream = new AbortController();
    const follower = await fetch(
      `${app.origin}/api/realtime/stream?channels=traced-a`,
      { signal: stream.signal },
    );
    const named = (name: string) => spans.filter((span) => span.name === name);
    await waitFor(
      () =>
        named("nexora.commit").length > 0 &&
        named("nexora.publish").length > 0 &&
        named("nexora.job").length > 0,
      {
        timeout: 20_000,
        what: () => `spans, these came: ${spans.map((s) => s.name)}`,
      },
    );
    const [publish] = named("nexora.publish");
    assertEquals(attributes(publish!)["nexora.api"], "events");
    // It belongs to the request, which Deno traces itself.
    assert(
      spans.some((span) =>
        span.traceId === publish!.traceId && span.name !== "nexora.publish"
      ),
    );
    const commit = named("nexora.commit").map(attributes)
      .find((given) => given["nexora.events"] === 2);
    assertEquals(commit, {
      "nexora.appends": 1,
      "nexora.events": 2,
      "nexora.races": 0,
    });
    for (const span of spans) {
      assert(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano));
    }
    const job = named("nexora.job").find((span) =>
      attributes(span)["nexora.job.kind"] === "webhook"
    );
    assertEquals(attributes(job!)["nexora.job.attempt"], 1);
    // The endpoint answered 500: the attempt is an error.
    assertEquals(job!.status?.code, 2);
    stream.abort();
    await follower.body?.cancel().catch(() => {});
  } finally {
    await server.shutdown();
    await refusing.shutdown();
    await Deno.remove(directory, { recursive: true });
  }
});
