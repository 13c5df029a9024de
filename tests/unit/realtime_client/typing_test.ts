import { assertEquals } from "@std/assert";
import { Client } from "../../../lib/realtime/client/client.ts";
import { Typing } from "../../../lib/realtime/client/typing.ts";
import { FakeEnvironment, settled } from "./fake_environment.ts";

function world() {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  const typing = new Typing("guild-1", "ada");
  const end = typing.start({ env, client, stores: new Map() });
  env.socket.establish();
  const tell = (event: string, data: unknown) =>
    env.socket.push({ event, channel: "guild-1", data: JSON.stringify(data) });
  const types = (userId: string) =>
    tell("message:typing", { userId, handle: userId, name: `${userId}!` });
  return { env, typing, end, tell, types };
}

Deno.test("others who type are named for six seconds after they were last heard of", () => {
  const { env, typing, types } = world();
  types("ben");
  env.advance(4_000);
  types("cy");
  types("ben");
  assertEquals(typing.names.value, ["ben!", "cy!"]);
  env.advance(5_999);
  assertEquals(typing.names.value, ["ben!", "cy!"]);
  env.advance(1);
  assertEquals(typing.names.value, []);
});

Deno.test("oneself is not named", () => {
  const { typing, types } = world();
  types("ada");
  assertEquals(typing.names.value, []);
});

Deno.test("whoever sent a message is done typing", () => {
  const { typing, tell, types } = world();
  types("ben");
  types("cy");
  tell("message:new", { id: "m", authorId: "ben", content: "x" });
  assertEquals(typing.names.value, ["cy!"]);
});

Deno.test("keystrokes are told at most every three seconds, and at once after sending", async () => {
  const { env, typing } = world();
  for (let n = 0; n < 50; n++) {
    typing.notify();
    env.advance(100);
  }
  assertEquals(env.requests.map(({ method, path }) => `${method} ${path}`), [
    "POST /api/channels/guild-1/typing",
    "POST /api/channels/guild-1/typing",
  ]);
  typing.done();
  typing.notify();
  assertEquals(env.requests.length, 3);
  env.requests[2]!.fail();
  await settled();
});

Deno.test("after the end nobody is typing and no timer is left", () => {
  const { env, typing, types, end } = world();
  types("ben");
  end();
  assertEquals(typing.names.value, []);
  env.advance(10_000);
  types("cy");
  typing.notify();
  assertEquals([typing.names.value, env.requests], [[], []]);
});
