import { assert, assertEquals } from "@std/assert";
import { fakeClock } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";
import { FakeSocket, subscribe, TestIsolate } from "./server_support.ts";

/** A channel whose subscribers are not told their number. */
const ROOM = "guild-room";

async function publish(
  { log }: TestIsolate,
  channel: string,
  ...texts: string[]
) {
  await log.append({
    events: texts.map((data) => ({ channel, event: "e", data })),
  });
}

Deno.test("a socket that is closing keeps no frame from the others", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv);
  const all = [0, 1, 2].map(() => isolate.connect());
  for (const { socket, id } of all) {
    socket.say(subscribe(id, "room"));
    await socket.heard("pusher_internal:subscription_succeeded");
  }
  // Deno marks a socket closed some turns before its event comes; `send` throws in between.
  all[0]!.socket.readyState = WebSocket.CLOSED;
  await publish(isolate, "room", "one");
  await publish(isolate, "room", "two", "three");
  for (const { socket } of all.slice(1)) {
    await waitFor(() => socket.events("e").length === 3, {
      what: "three events",
    });
    assertEquals(socket.events("e").map((f) => f.data), [
      "one",
      "two",
      "three",
    ]);
  }
});

Deno.test("a socket that is closed while it opens is closed once it is open", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv);
  const { socket, connection } = isolate.connect(undefined, { opened: false });
  connection.close({ code: 4200, reason: "", after: "now" });
  assertEquals(isolate.server.connections.size, 0);
  socket.open();
  assertEquals(socket.code, 4200);
});

Deno.test("a silent client is pinged after 120 s and closed with 4201 30 s later", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await using isolate = await TestIsolate.open(kv, { now: clock.now });
  const silent = isolate.connect();
  const answers = isolate.connect();
  const tend = (ms: number) => {
    clock.advance(ms);
    for (const { connection } of [silent, answers]) {
      if (!connection.closed) connection.tend(clock.now());
    }
  };
  tend(120_000);
  assertEquals(silent.socket.events("pusher:ping").length, 0);
  tend(1);
  for (const { socket } of [silent, answers]) {
    assertEquals(socket.events("pusher:ping").length, 1);
  }
  // The answer comes in the same millisecond.
  answers.socket.say({ event: "pusher:pong", data: {} });
  tend(30_001);
  assertEquals(silent.socket.code, 4201);
  assertEquals(answers.socket.code, null);
  tend(89_000);
  assertEquals(answers.socket.events("pusher:ping").length, 1);
  tend(2_000);
  assertEquals(answers.socket.events("pusher:ping").length, 2);
  answers.socket.say({ event: "pusher:ping", data: {} });
  assertEquals(answers.socket.events("pusher:pong").length, 1);
  tend(60_000);
  assertEquals(answers.socket.code, null);
});

Deno.test("a slow client loses volatile events first, then its connection; nobody else notices", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv, {
    limits: { slowAt: 1_000, closeAt: 10_000 },
  });
  const slow = isolate.connect();
  const quick = isolate.connect();
  for (const { socket, id } of [slow, quick]) {
    socket.say(subscribe(id, ROOM));
    await socket.heard("pusher_internal:subscription_succeeded");
  }
  slow.socket.bufferedAmount = 5_000;
  slow.connection.tend(Date.now());
  await isolate.log.append({
    events: [{ channel: ROOM, event: "typing", data: "", volatile: true }],
  });
  await publish(isolate, ROOM, "kept");
  for (const { socket } of [slow, quick]) await socket.heard("e");
  assertEquals(slow.socket.events("typing").length, 0);
  assertEquals(quick.socket.events("typing").length, 1);
  assertEquals(isolate.metrics.drops.get("volatile_to_slow_client"), 1);

  slow.socket.bufferedAmount = 10_001;
  await publish(isolate, ROOM, "too much");
  await waitFor(() => slow.socket.code === 4100, { what: "4100" });
  await waitFor(() => quick.socket.events("e").length === 2, {
    what: "the second event",
  });
  assertEquals(quick.socket.code, null);
  assertEquals(isolate.metrics.drops.get("slow_consumer"), 1);
  assertEquals(isolate.server.hub.count(ROOM), 1);
});

Deno.test("each limit refuses, says so and is counted", async (t) => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await using isolate = await TestIsolate.open(kv, {
    now: clock.now,
    limits: {
      connections: 3,
      connectionsPerAddress: 2,
      subscriptions: 2,
      frameBurst: 10,
      framesPerSecond: 1,
      frameBytes: 2_000,
      byteBurst: 5_000,
      bytesPerSecond: 100,
      userInfoBytes: 20,
    },
  });
  const { server, metrics } = isolate;
  const refused = (socket: FakeSocket, channel: string) =>
    socket.heard("pusher:subscription_error", channel)
      .then(({ data }) => JSON.parse(data).status);

  await t.step("connections", () => {
    const one = isolate.connect();
    const two = isolate.connect();
    assertEquals(server.refusal("10.0.0.1")?.code, 4100);
    assertEquals(server.refusal("10.0.0.2"), null);
    server.limits.connections = 2;
    assertEquals(server.refusal("10.0.0.2")?.code, 4100);
    assertEquals(metrics.drops.get("connections_per_address"), 1);
    assertEquals(metrics.drops.get("connections"), 1);
    for (const { socket } of [one, two]) socket.hangUp();
    assertEquals(server.refusal("10.0.0.1"), null);
  });

  await t.step("subscriptions", async () => {
    const { socket } = isolate.connect();
    for (const channel of ["a", "b", "c"]) {
      socket.say({ event: "pusher:subscribe", data: { channel } });
    }
    assertEquals(await refused(socket, "c"), 429);
    assertEquals(metrics.drops.get("subscription_429"), 1);
    socket.hangUp();
  });

  await t.step("user_info", async () => {
    const { socket, id } = isolate.connect();
    const user_info = "é".repeat(15);
    socket.say(subscribe(id, "presence-a", { user_id: "u", user_info }));
    assertEquals(await refused(socket, "presence-a"), 413);
    socket.hangUp();
  });

  await t.step("frames, their size and their bytes", () => {
    const { socket } = isolate.connect();
    const ping = { event: "pusher:ping" };
    socket.say("x".repeat(2_001));
    assertEquals(metrics.drops.get("frame_too_large"), 1);
    for (let i = 0; i < 2; i++) {
      socket.say({ ...ping, padding: "x".repeat(1_900) });
    }
    assertEquals(metrics.drops.get("byte_rate"), undefined);
    socket.say({ ...ping, padding: "x".repeat(1_900) });
    assertEquals(metrics.drops.get("byte_rate"), 1);
    for (let i = 0; i < 7; i++) socket.say(ping);
    assertEquals(metrics.drops.get("frame_rate"), undefined);
    socket.say(ping);
    assertEquals(metrics.drops.get("frame_rate"), 1);
    assertEquals(socket.events("pusher:error").length, 3);
    clock.advance(1_000);
    socket.say(ping);
    assertEquals(socket.events("pusher:error").length, 3);
    socket.hangUp();
  });
});

Deno.test("frames do not pile up behind a store that hangs", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv, {
    limits: { waitingBytes: 10_000 },
  });
  const { server } = isolate;
  const held = Promise.withResolvers<void>();
  const handle = server.handle.bind(server);
  server.handle = async (connection, frame) => {
    await held.promise;
    await handle(connection, frame);
  };
  const { socket } = isolate.connect();
  for (let i = 0; i < 100 && socket.code === null; i++) {
    const channel = `c${i}-`.padEnd(190, "x");
    socket.say({ event: "pusher:subscribe", data: { channel } });
  }
  assertEquals(socket.code, 4100);
  assertEquals(isolate.metrics.drops.get("frames_waiting"), 1);
  held.resolve();
  await waitFor(() => server.hub.count("c0-".padEnd(190, "x")) === 0, {
    what: "nothing to be left",
  });
  assert(server.connections.size === 0);
});

Deno.test("what comes in one burst is handled in its order", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv);
  const { socket } = isolate.connect();
  const say = (event: string, channel: string) =>
    socket.say({ event: `pusher:${event}`, data: { channel } });
  for (let i = 0; i < 20; i++) {
    say("subscribe", "a");
    say("unsubscribe", "a");
  }
  say("unsubscribe", "a");
  say("subscribe", "b");
  await socket.heard("pusher_internal:subscription_succeeded", "b");
  assertEquals(
    socket.events("pusher_internal:subscription_succeeded", "a").length,
    20,
  );
  assertEquals(socket.events("pusher:subscription_error"), []);
  assertEquals(isolate.server.hub.count("a"), 0);
});
