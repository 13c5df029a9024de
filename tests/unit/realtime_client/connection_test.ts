import { assert, assertEquals } from "@std/assert";
import { reconnectDelay } from "../../../lib/realtime/client/backoff.ts";
import { Client, socketUrl } from "../../../lib/realtime/client/client.ts";
import { CLOSES } from "../../../lib/realtime/closes.ts";
import { FakeEnvironment } from "./fake_environment.ts";

function connected() {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  client.connect();
  env.socket.establish();
  return { env, client };
}

Deno.test("the socket address follows the page's origin", () => {
  assertEquals(
    socketUrl("https://nexora.example", "nexora-key"),
    "wss://nexora.example/app/nexora-key?protocol=7&client=nexora-js&version=0.1.0&batch=1",
  );
  assert(socketUrl("http://127.0.0.1:8000", "k").startsWith("ws://127.0"));
});

Deno.test("it is connected once the server has said so, and not before", () => {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  client.connect();
  assertEquals(client.state.value, "connecting");
  env.socket.establish();
  assertEquals(client.state.value, "connected");
});

for (const [name, close] of Object.entries(CLOSES)) {
  Deno.test(`after ${close.code} (${name}): ${close.after}`, () => {
    const { env, client } = connected();
    env.socket.drop(close.code, close.reason);
    if (close.after === "stop") {
      assertEquals(client.state.value, "stopped");
      assertEquals(client.reason.value, close.reason);
      assertEquals(env.nextTimer, null);
      return;
    }
    assertEquals(client.state.value, "reconnecting");
    if (close.after === "now") assertEquals(env.nextTimer, 0);
    else assert(env.nextTimer! >= 1000, `waits only ${env.nextTimer} ms`);
    env.advance(env.nextTimer!);
    env.socket.establish("2.2");
    assertEquals(env.sockets.length, 2);
    assertEquals(client.state.value, "connected");
  });
}

Deno.test("delays grow, are spread over the whole range and end at 30 s", () => {
  const at = (attempts: number, dice: number) =>
    reconnectDelay(1006, attempts, () => dice)!;
  assertEquals(at(0, 0), 100);
  assertEquals(at(0, 1), 1_000);
  assertEquals(at(3, 1), 8_000);
  assertEquals(at(50, 1), 30_000);
  assertEquals(at(50, 0), 100);
});

Deno.test("a server that closes every connection with reconnect-now is not hammered", () => {
  const { env } = connected();
  const waits: number[] = [];
  for (let n = 0; n < 5; n++) {
    env.socket.drop(4200);
    waits.push(env.nextTimer!);
    env.advance(env.nextTimer!);
    env.socket.establish();
  }
  assertEquals(waits[0], 0);
  assert(waits.slice(1).every((wait) => wait > 0), String(waits));
  assert(waits[4]! > waits[1]!, String(waits));
});

Deno.test("a connection that held makes the count of failures start anew", () => {
  const { env } = connected();
  for (let n = 0; n < 6; n++) {
    env.socket.drop();
    env.advance(env.nextTimer!);
  }
  env.socket.establish();
  env.advance(20_000);
  env.dice = 0.999;
  env.socket.drop();
  assert(env.nextTimer! <= 1_000);
});

Deno.test("an error frame decides when a proxy swallows the close code", () => {
  const { env, client } = connected();
  env.socket.push({
    event: "pusher:error",
    data: { code: 4009, message: "The connection is not authorised" },
  });
  env.socket.drop(1005);
  assertEquals(client.state.value, "stopped");
  assertEquals(client.reason.value, "The connection is not authorised");
});

Deno.test("a rate-limit error (4301) does not end anything", () => {
  const { env, client } = connected();
  env.socket.push({ event: "pusher:error", data: { code: 4301, message: "" } });
  assertEquals(client.state.value, "connected");
  env.socket.drop();
  assertEquals(client.state.value, "reconnecting");
});

Deno.test("silence is answered by a ping, and a missing pong by a new connection", () => {
  const { env, client } = connected();
  env.advance(45_000);
  assertEquals(env.socket.of("pusher:ping").length, 1);
  env.socket.push({ event: "pusher:pong", data: "{}" });
  env.advance(45_000);
  assertEquals(env.socket.of("pusher:ping").length, 2);
  assertEquals(env.sockets.length, 1);
  env.advance(11_000);
  assertEquals(env.sockets.length, 2);
  assert(env.sockets[0]!.closed);
  assertEquals(client.state.value, "reconnecting");
});

Deno.test("traffic counts as a sign of life", () => {
  const { env } = connected();
  for (let n = 0; n < 10; n++) {
    env.advance(30_000);
    env.socket.push({ event: "anything", channel: "x", data: "{}" });
  }
  assertEquals(env.socket.of("pusher:ping"), []);
});

Deno.test("the server's shorter activity timeout is kept", () => {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  client.connect();
  env.socket.establish("1.1", 10);
  env.advance(10_000);
  assertEquals(env.socket.of("pusher:ping").length, 1);
});

Deno.test("the server's ping is answered", () => {
  const { env } = connected();
  env.socket.push({ event: "pusher:ping", data: "{}" });
  assertEquals(env.socket.of("pusher:pong").length, 1);
});

Deno.test("a server that accepts and says nothing is given up after 15 s", () => {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  client.connect();
  env.advance(15_000);
  assertEquals(client.state.value, "reconnecting");
  assert(env.socket.closed);
});

Deno.test("a draining server says when to come back", () => {
  const { env } = connected();
  env.socket.push({ event: "nexora:reconnect", data: '{"delay":2500}' });
  env.advance(500);
  env.socket.drop(4200);
  assertEquals(env.nextTimer, 2000);
  env.advance(2000);
  assertEquals(env.sockets.length, 2);
});

Deno.test("after the delay the client goes itself, should the server not close", () => {
  const { env } = connected();
  env.socket.push({ event: "nexora:reconnect", data: '{"delay":2500}' });
  env.advance(2500);
  assertEquals(env.sockets.length, 2);
  assert(env.sockets[0]!.closed);
});

Deno.test("offline is told at once, and the network's return is not waited for", () => {
  const { env, client } = connected();
  env.isOnline = false;
  env.nudge("offline");
  assertEquals(client.state.value, "offline");
  assert(env.sockets[0]!.closed);
  env.advance(60_000);
  assert(env.sockets.length > 1, "browsers are not always right about offline");
  env.socket.drop();
  assertEquals(client.state.value, "offline");
  const before = env.sockets.length;
  env.isOnline = true;
  env.nudge("online");
  assertEquals(env.sockets.length, before + 1);
  env.socket.establish();
  assertEquals(client.state.value, "connected");
});

Deno.test("a page that comes to the front does not wait for its backoff", () => {
  const { env } = connected();
  env.dice = 0.999;
  env.socket.drop();
  env.nudge("visible");
  assertEquals(env.sockets.length, 2);
});

Deno.test("a socket that slept is tested quickly when the page comes back", () => {
  const { env } = connected();
  env.advance(20_000);
  env.nudge("visible");
  assertEquals(env.socket.of("pusher:ping").length, 1);
  env.advance(4_000);
  assertEquals(env.sockets.length, 2);
});

Deno.test("a page kept for the back button lets its socket go and takes up again", () => {
  const { env, client } = connected();
  env.nudge("hidden-for-good");
  assert(env.socket.closed);
  assertEquals(env.nextTimer, null);
  env.nudge("visible");
  env.socket.establish();
  assertEquals(client.state.value, "connected");
});

Deno.test("stop is final until connect is called", () => {
  const { env, client } = connected();
  client.stop();
  assertEquals(client.state.value, "stopped");
  env.nudge("online");
  env.advance(100_000);
  assertEquals(env.sockets.length, 1);
  client.connect();
  env.socket.establish();
  assertEquals(client.state.value, "connected");
});

Deno.test("frames of a socket that was given up are not heard", () => {
  const { env, client } = connected();
  const events: string[] = [];
  client.subscribe("guild-1", { onEvent: (e) => events.push(e.event) });
  const old = env.socket;
  old.drop();
  old.pushText('{"event":"late","channel":"guild-1","data":"{}"}');
  assertEquals(events, []);
});

Deno.test("malformed text neither throws nor disconnects", () => {
  const { env, client } = connected();
  const junk = ["", "{", "null", "[]", "[1,null]", '{"event":1}', '"x"'];
  for (const text of junk) env.socket.pushText(text);
  assertEquals(client.state.value, "connected");
});
