import { assert, assertEquals } from "@std/assert";
import { Client } from "../../../lib/realtime/client/client.ts";
import { withFallback } from "../../../lib/realtime/client/fallback.ts";
import {
  FakeEnvironment,
  type FakeRequest,
  settled,
} from "./fake_environment.ts";
import { waitFor } from "../../support/wait.ts";

/** A stream that the server holds open. */
class FakeStream {
  readonly query: URLSearchParams;
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  cancelled = false;

  constructor(request: FakeRequest) {
    this.query = new URL(request.path, "http://test").searchParams;
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (given) => {
        controller = given;
      },
      cancel: () => {
        this.cancelled = true;
      },
    });
    this.#controller = controller!;
    request.respond(new Response(body));
  }

  write(text: string): void {
    this.#controller.enqueue(new TextEncoder().encode(text));
  }

  push(frame: Record<string, unknown>): void {
    this.write(`id: x\ndata: ${JSON.stringify(frame)}\n\n`);
  }

  end(): void {
    this.#controller.close();
  }
}

/** The stream's module is loaded when it is needed, which takes its time. */
async function connected(client: Client): Promise<void> {
  await waitFor(() => client.state.value === "connected", {
    what: "the stream to stand in for the socket",
  });
}

async function pass(env: FakeEnvironment, ms: number): Promise<void> {
  env.advance(ms);
  for (let n = 0; n < 5; n++) await settled();
}

function world() {
  const env = new FakeEnvironment();
  const client = new Client(withFallback(env), "ws://test/app/key");
  const log: unknown[] = [];
  const listen = (channel: string, since?: string) =>
    client.subscribe(channel, {
      since,
      onEvent: ({ data }) => log.push((data as { id: number }).id),
      onExpired: () => log.push("expired"),
      onState: (state, refusal) =>
        log.push(refusal ? `${state} ${refusal.status}` : state),
    });
  const requests = (part: string) =>
    env.requests.filter(({ path }) => path.includes(part));
  return { env, client, log, listen, requests };
}

/** Three sockets fail without a word, and the server is well. */
async function blocked() {
  const it = world();
  it.listen("guild-1", "1.1.0");
  for (let n = 0; n < 3; n++) {
    it.env.socket.drop();
    if (n < 2) await pass(it.env, it.env.nextTimer!);
  }
  await pass(it.env, 0);
  it.requests("/healthz")[0]!.answer(200);
  await connected(it.client);
  await pass(it.env, 20);
  const stream = new FakeStream(it.requests("/stream")[0]!);
  await pass(it.env, 0);
  return { ...it, stream };
}

const channel = "guild-1";

function succeeded(position: string, extra = {}) {
  return {
    event: "pusher_internal:subscription_succeeded",
    channel,
    data: "{}",
    position,
    ...extra,
  };
}

function event(id: number, position: string, prev: string) {
  return { event: "e", channel, data: `{"id":${id}}`, position, prev };
}

Deno.test("where sockets work nothing else is tried", async () => {
  const { env, client, requests, listen } = world();
  env.onOpen = (socket) =>
    socket.onSent = ({ event }) =>
      event === "pusher:ping" && socket.push({ event: "pusher:pong" });
  listen(channel);
  env.socket.establish();
  env.socket.push(succeeded("1.1.0"));
  await pass(env, 400_000);
  assertEquals([client.state.value, env.sockets.length], ["connected", 1]);
  assertEquals(requests("/"), []);
});

Deno.test("a server that is away is not asked for a stream", async () => {
  const { env, client, listen, requests } = world();
  listen(channel);
  for (let n = 0; n < 5; n++) {
    env.socket.drop();
    await pass(env, 0);
    requests("/healthz").at(-1)?.fail();
    await pass(env, 0);
    assertEquals(client.state.value, "reconnecting");
    env.nudge("online");
  }
  assertEquals(requests("/stream"), []);
  env.socket.establish();
  assertEquals(client.state.value, "connected");
});

Deno.test("a server's refusal is believed, not worked around", async () => {
  const { env, client, listen, requests } = world();
  listen(channel);
  env.socket.drop(4001);
  await pass(env, 60_000);
  assertEquals([client.state.value, requests("/")], ["stopped", []]);
});

Deno.test("where sockets are blocked events come by a stream", async () => {
  const { env, client, log, stream } = await blocked();
  assertEquals(client.state.value, "connected");
  assertEquals(stream.query.get("channels"), channel);
  assertEquals(stream.query.get("since"), "1.1.0");
  stream.push(succeeded("1.1.0", { recovered: true }));
  stream.push(event(2, "1.2.0", "1.1.0"));
  stream.write(": still here\n\n");
  await pass(env, 0);
  assertEquals(log, ["subscribing", "subscribed", 2]);
});

Deno.test("frames may be cut anywhere on their way", async () => {
  const { env, log, stream } = await blocked();
  const text = [succeeded("1.1.0"), event(2, "1.2.0", "1.1.0")]
    .map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join("");
  for (const character of text) stream.write(character);
  for (let n = 0; n < 10; n++) await settled();
  await pass(env, 0);
  assertEquals(log, ["subscribing", "subscribed", 2]);
});

Deno.test("another channel joins by another stream, which goes on where the first was", async () => {
  const { env, listen, stream, requests, log } = await blocked();
  stream.push(succeeded("1.1.0", { recovered: true }));
  stream.push(event(2, "1.2.0", "1.1.0"));
  await pass(env, 0);
  listen("guild-2");
  listen("guild-3", "5.5.5");
  stream.push(event(3, "1.3.0", "1.2.0"));
  await pass(env, 20);
  assertEquals(requests("/stream").length, 2);
  const next = new FakeStream(requests("/stream")[1]!);
  assertEquals(next.query.get("channels"), "guild-1,guild-2,guild-3");
  assertEquals(next.query.get("since"), "1.2.0,,5.5.5");
  await pass(env, 0);
  next.push(succeeded("1.2.0", { recovered: true }));
  next.push(event(3, "1.3.0", "1.2.0"));
  await pass(env, 0);
  assertEquals(log.filter(Number), [2, 3]);
});

Deno.test("a gap is healed by another stream", async () => {
  const { env, stream, requests, log } = await blocked();
  stream.push(succeeded("1.1.0", { recovered: true }));
  stream.push(event(3, "1.3.0", "1.2.0"));
  stream.push(event(4, "1.4.0", "1.3.0"));
  await pass(env, 0);
  await pass(env, 20);
  const next = new FakeStream(requests("/stream")[1]!);
  assertEquals(next.query.get("since"), "1.1.0");
  await pass(env, 0);
  next.push(succeeded("1.1.0", { recovered: true }));
  next.push(event(2, "1.2.0", "1.1.0"));
  next.push(event(3, "1.3.0", "1.2.0"));
  next.push(event(4, "1.4.0", "1.3.0"));
  await pass(env, 0);
  assertEquals(log.filter(Number), [2, 3, 4]);
});

Deno.test("the channel that may not be seen is found, the others go on", async () => {
  const { env, listen, requests, log } = await blocked();
  listen("guild-2");
  await pass(env, 20);
  requests("/stream")[1]!.answer(403);
  await pass(env, 0);
  requests("/channels/guild-1/events")[0]!.answer(200);
  await pass(env, 0);
  requests("/channels/guild-2/events")[0]!.answer(403);
  await pass(env, 0);
  await pass(env, 20);
  assert(log.includes("refused 403"), String(log));
  const next = new FakeStream(requests("/stream")[2]!);
  assertEquals(next.query.get("channels"), "guild-1");
  await pass(env, 0);
});

Deno.test("a stream that ends is a connection that is lost, and comes back as a stream", async () => {
  const { env, client, stream, requests } = await blocked();
  stream.push(succeeded("1.1.0", { recovered: true }));
  stream.push(event(2, "1.2.0", "1.1.0"));
  await pass(env, 0);
  stream.end();
  await pass(env, 0);
  assertEquals(client.state.value, "reconnecting");
  await pass(env, env.nextTimer!);
  // The socket hangs this time: it is not waited for long.
  await pass(env, 3_000);
  requests("/healthz").at(-1)!.answer(200);
  await connected(client);
  await pass(env, 20);
  const next = new FakeStream(requests("/stream").at(-1)!);
  assertEquals(next.query.get("since"), "1.2.0");
  assertEquals(client.state.value, "connected");
});

Deno.test("a stream that has fallen silent is given up", async () => {
  const { env, client, stream } = await blocked();
  stream.push(succeeded("1.1.0", { recovered: true }));
  await pass(env, 0);
  for (let n = 0; n < 6; n++) await pass(env, 10_000);
  assertEquals(client.state.value, "reconnecting");
});

Deno.test("comments keep a stream alive", async () => {
  const { env, client, stream } = await blocked();
  stream.push(succeeded("1.1.0", { recovered: true }));
  for (let n = 0; n < 12; n++) {
    stream.write(": still here\n\n");
    await pass(env, 4_900);
  }
  assertEquals(client.state.value, "connected");
});

Deno.test("a socket that works again is taken, from the same position on", async () => {
  const { env, client, stream, log } = await blocked();
  stream.push(succeeded("1.1.0", { recovered: true }));
  stream.push(event(2, "1.2.0", "1.1.0"));
  for (let n = 0; n < 6; n++) {
    await pass(env, 10_000);
    stream.write(": still here\n\n");
  }
  const probe = env.socket;
  probe.establish();
  await pass(env, 0);
  assert(probe.closed);
  assert(env.socket !== probe);
  env.socket.establish("2.2");
  assertEquals(client.state.value, "connected");
  assertEquals(env.socket.of("pusher:subscribe")[0]!.data.since, "1.2.0");
  env.socket.push(
    succeeded("1.2.0", { recovered: true }),
    event(3, "1.3.0", "1.2.0"),
  );
  assertEquals(log.filter(Number), [2, 3]);
});

Deno.test("stop ends the stream", async () => {
  const { env, client, requests } = await blocked();
  client.stop();
  await pass(env, 400_000);
  assertEquals(client.state.value, "stopped");
  assertEquals(requests("/stream").length, 1);
  assertEquals(env.nextTimer, null);
});
