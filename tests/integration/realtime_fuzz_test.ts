import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { AppProcess, CREDENTIALS } from "../support/app.ts";
import { pusherServer } from "../support/pusher_sdk.ts";
import { waitFor } from "../support/wait.ts";

/** Frames that begin like real ones, so that the fuzz gets past the first check. */
const event = fc.oneof(
  fc.constantFrom(
    "pusher:subscribe",
    "pusher:unsubscribe",
    "pusher:signin",
    "pusher:ping",
    "pusher:pong",
    "client-x",
  ),
  fc.string(),
);
const channel = fc.oneof(
  fc.constantFrom(
    "a",
    "private-a",
    "presence-a",
    "private-encrypted-a",
    "cache-a",
    "guild-demo-guild",
    "dm-a-b",
    "#control",
    "#server-to-user-x",
    "private-user-x",
    "dispute-1",
    "platform-global",
    "",
  ),
  fc.string(),
);
const anything = fc.anything({ maxDepth: 3, withNullPrototype: false });
const frame = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      event,
      channel,
      data: fc.oneof(
        fc.record({
          channel,
          auth: fc.oneof(fc.string(), anything),
          channel_data: fc.oneof(fc.string(), anything),
          since: fc.oneof(fc.string(), fc.constant("1.2.3")),
          user_data: fc.string(),
        }, { requiredKeys: [] }),
        anything,
      ),
    }, { requiredKeys: [] }).map((value) => safeJson(value)),
  },
  { weight: 1, arbitrary: anything.map((value) => safeJson(value)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 2_000 }) },
);

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(
      value,
      (_k, v) => typeof v === "bigint" ? String(v) : v,
    ) ?? "null";
  } catch {
    return "null";
  }
}

/** What a server may say to a frame it does not like. */
const REFUSALS = new Set([
  "pusher:error",
  "pusher:subscription_error",
  "pusher_internal:subscription_succeeded",
  "pusher:pong",
  "pusher:cache_miss",
  "nexora:position_expired",
  "pusher_internal:subscription_count",
  "pusher_internal:member_added",
  "pusher_internal:member_removed",
  "pusher:signin_success",
]);

Deno.test("12,000 malformed frames and 10,000 malformed requests: refusals, never a crash", async (t) => {
  const dir = await Deno.makeTempDir();
  await using app = await AppProcess.start({
    kvPath: `${dir}/fuzz.db`,
    env: { LIMIT_FRAMES_PER_SECOND: "100000" },
  });

  await t.step("frames", async () => {
    const frames = fc.sample(frame, { numRuns: 12_000, seed: 7 });
    for (let from = 0; from < frames.length; from += 1_000) {
      const socket = new WebSocket(
        `ws://127.0.0.1:${app.port}/app/${CREDENTIALS.key}?protocol=7`,
      );
      const unknown: string[] = [];
      let ponged = false;
      let closed: number | null = null;
      socket.onclose = (e) => closed = e.code;
      socket.onmessage = ({ data }) => {
        const { event } = JSON.parse(data);
        if (event === "pusher:connection_established") {
          for (const text of frames.slice(from, from + 1_000)) {
            socket.send(text);
          }
          socket.send(
            JSON.stringify({
              event: "pusher:subscribe",
              data: { channel: "the-end" },
            }),
          );
        } else if (
          data.includes("the-end") &&
          event === "pusher_internal:subscription_succeeded"
        ) ponged = true;
        else if (!REFUSALS.has(event)) unknown.push(data);
      };
      await waitFor(() => ponged || closed !== null, {
        what: "the last frame's answer",
        timeout: 30_000,
      });
      assertEquals(
        closed,
        null,
        "a malformed frame does not end the connection",
      );
      assertEquals(unknown, []);
      socket.close();
      await waitFor(() => closed !== null, { what: "the close" });
    }
  });

  await t.step("requests", async () => {
    const pusher = pusherServer(app);
    const body = fc.oneof(
      fc.record({
        name: fc.oneof(fc.string(), anything),
        data: fc.oneof(fc.string(), anything),
        channel: fc.oneof(channel, anything),
        channels: fc.oneof(fc.array(channel), anything),
        socket_id: fc.oneof(fc.string(), anything),
        info: fc.oneof(fc.string(), anything),
        id: anything,
      }, { requiredKeys: [] }),
      fc.record({
        batch: fc.oneof(fc.array(anything, { maxLength: 12 }), anything),
      }),
      anything,
    ).map((value) => safeJson(value));
    const path = fc.constantFrom("/events", "/batch_events");
    const requests = fc.sample(fc.tuple(path, body, fc.nat(9)), {
      numRuns: 10_000,
      seed: 11,
    });
    const statuses = new Map<number, number>();
    const send = async ([where, text, luck]: [string, string, number]) => {
      const full = `/apps/${CREDENTIALS.id}${where}`;
      // One in ten is not signed properly.
      const query = pusher.createSignedQueryString({
        method: "POST",
        path: full,
        body: luck === 0 ? text + " " : text,
      });
      const response = await fetch(`${app.origin}${full}?${query}`, {
        method: "POST",
        body: text,
        headers: { "content-type": "application/json" },
      });
      const answer = await response.json();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      assert(
        [200, 400, 401, 413].includes(response.status),
        `${response.status} for ${text}`,
      );
      if (response.status !== 200) {
        assert(
          typeof answer.code === "string" && answer.status === response.status,
          JSON.stringify(answer),
        );
      }
    };
    for (let i = 0; i < requests.length; i += 50) {
      await Promise.all(requests.slice(i, i + 50).map(send));
    }
    assert(
      (statuses.get(400) ?? 0) > 1_000 && (statuses.get(401) ?? 0) > 500,
      JSON.stringify([...statuses]),
    );
  });

  await t.step(
    "the server is well and has nothing to complain of",
    async () => {
      const health = await fetch(`${app.origin}/healthz`);
      assertEquals(health.status, 200);
      await health.body?.cancel();
      assertEquals(
        /Uncaught|unhandled|TypeError|failed/i.exec(app.output)?.[0],
        undefined,
        app.output.slice(-2_000),
      );
    },
  );
  await Deno.remove(dir, { recursive: true }).catch(() => {});
});
