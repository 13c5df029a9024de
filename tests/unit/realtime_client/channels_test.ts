/** Subscriptions in the browser: shared, refused, signed, with members. */
import { assertEquals } from "@std/assert";
import type { Members } from "../../../lib/realtime/client/members.ts";
import { settled } from "./fake_environment.ts";
import { channel, event, listen, succeeded, world } from "./channel_support.ts";

Deno.test("listeners share one subscription, which ends with the last of them", () => {
  const { env, client } = world();
  const a = listen(client);
  const b = listen(client);
  env.socket.push(succeeded("1.1.0"));
  assertEquals(env.socket.of("pusher:subscribe").length, 1);
  a.leave();
  assertEquals(env.socket.of("pusher:unsubscribe"), []);
  env.socket.push(event(1, "1.2.0", "1.1.0"));
  b.leave();
  b.leave();
  assertEquals(env.socket.of("pusher:unsubscribe").length, 1);
  env.socket.push(event(2, "1.3.0", "1.2.0"));
  assertEquals(a.log, ["subscribing", "subscribed"]);
  assertEquals(b.log, ["subscribing", "subscribed", 1]);
});

Deno.test("who left while the subscribe was under way leaves no subscription behind", () => {
  const { env, client } = world();
  listen(client).leave();
  assertEquals(env.socket.of("pusher:unsubscribe"), []);
  env.socket.push(succeeded("1.1.0"));
  assertEquals(env.socket.of("pusher:unsubscribe").length, 1);
});

Deno.test("who comes back while the subscribe is under way needs no second one", () => {
  const { env, client } = world();
  listen(client).leave();
  const again = listen(client);
  env.socket.push(succeeded("1.1.0"), event(1, "1.2.0", "1.1.0"));
  assertEquals(env.socket.of("pusher:subscribe").length, 1);
  assertEquals(again.log, ["subscribing", "subscribed", 1]);
});

Deno.test("a plain Pusher server, which knows no positions, is understood", () => {
  const { env, client } = world();
  const { log } = listen(client);
  env.socket.push(succeeded(), event(1), event(2));
  assertEquals(log, ["subscribing", "subscribed", 1, 2]);
});

Deno.test("a refusal is told, and asked again only with the next connection", () => {
  const { env, client } = world();
  const { log } = listen(client);
  env.socket.push({
    event: "pusher:subscription_error",
    channel,
    data: '{"type":"AuthError","error":"You may not do this","status":403}',
  });
  env.advance(40_000);
  assertEquals(log, ["subscribing", "refused 403"]);
  assertEquals(env.socket.of("pusher:subscribe").length, 1);
  env.socket.drop();
  env.advance(1_000);
  env.socket.establish();
  assertEquals(env.socket.of("pusher:subscribe").length, 1);
});

Deno.test("a refusal that may pass is asked again, ever less often", () => {
  const { env, client } = world();
  env.dice = 0.999;
  const { log } = listen(client);
  const asked = () => env.socket.of("pusher:subscribe").length;
  const busy = {
    event: "pusher:subscription_error",
    channel,
    data: '{"type":"ServerError","error":"","status":503}',
  };
  const waits: number[] = [];
  for (let n = 0; n < 3; n++) {
    env.socket.push(busy);
    const before = asked();
    let waited = 0;
    while (asked() === before) {
      env.advance(100);
      env.socket.push({ event: "pusher:pong", data: "{}" });
      waited += 100;
    }
    waits.push(waited);
  }
  assertEquals(waits, [2_000, 4_000, 8_000]);
  env.socket.push(succeeded("1.1.0"));
  assertEquals(log, ["subscribing", "subscribed"]);
});

Deno.test("a subscribe that is never answered ends in a new connection", () => {
  const { env, client } = world();
  listen(client);
  env.advance(19_999);
  assertEquals(env.sockets.length, 1);
  env.advance(2_000);
  assertEquals(env.sockets.length, 2);
});

Deno.test("channels that the session opens are entered without a request", () => {
  const { env, client } = world();
  for (
    const name of [
      "guild-1",
      "dm-a-b",
      "dispute-1",
      "private-user-a",
      "presence-guild-1",
      "news",
    ]
  ) client.subscribe(name, {});
  assertEquals(env.requests, []);
  assertEquals(env.socket.of("pusher:subscribe").length, 6);
});

Deno.test("other private and presence channels are signed first", async () => {
  const { env, client } = world();
  client.subscribe("presence-room-1", {});
  await settled();
  assertEquals(env.socket.of("pusher:subscribe"), []);
  const [request] = env.requests;
  assertEquals(
    [request!.method, request!.path, request!.body],
    [
      "POST",
      "/api/realtime/auth",
      "socket_id=7.7&channel_name=presence-room-1",
    ],
  );
  request!.answer(200, { auth: "k:s", channel_data: "{}", other: 1 });
  await settled();
  assertEquals(env.socket.of("pusher:subscribe")[0]!.data, {
    channel: "presence-room-1",
    auth: "k:s",
    channel_data: "{}",
  });
});

Deno.test("a signature made for a connection that is gone is not used", async () => {
  const { env, client } = world();
  client.subscribe("private-x", {});
  env.socket.drop();
  env.advance(1_000);
  env.socket.establish("8.8");
  env.requests[0]!.answer(200, { auth: "old" });
  await settled();
  assertEquals(env.socket.of("pusher:subscribe"), []);
  env.requests[1]!.answer(200, { auth: "new" });
  await settled();
  const sent = env.socket.of("pusher:subscribe").map(({ data }) => data.auth);
  assertEquals(sent, ["new"]);
});

Deno.test("a refused signature refuses the channel; an unreachable signer is asked again", async () => {
  const { env, client } = world();
  const states: string[] = [];
  client.subscribe("private-x", { onState: (state) => states.push(state) });
  env.requests[0]!.fail();
  await settled();
  env.advance(2_000);
  env.requests[1]!.answer(403, { title: "You may not do this" });
  await settled();
  assertEquals(states, ["subscribing", "refused"]);
});

Deno.test("presence: everybody there is known, also to who listens later", async () => {
  const { env, client } = world();
  const seen: string[][] = [];
  const onMembers = (members: Members) => seen.push([...members.keys()]);
  client.subscribe("presence-x", { onMembers });
  env.requests[0]!.answer(200, { auth: "k:s" });
  await settled();
  const from = (event: string, data: unknown) =>
    env.socket.push({
      event,
      channel: "presence-x",
      data: JSON.stringify(data),
    });
  from("pusher_internal:subscription_succeeded", {
    presence: { ids: ["a"], hash: { a: { name: "A" } }, count: 1 },
  });
  from("pusher_internal:member_added", { user_id: "b", user_info: {} });
  client.subscribe("presence-x", { onMembers });
  from("pusher_internal:member_removed", { user_id: "a" });
  assertEquals(seen, [["a"], ["a", "b"], ["a", "b"], ["b"], ["b"]]);
});

Deno.test("client events are sent, and dropped while there is no connection", () => {
  const { env, client } = world();
  assertEquals(client.trigger("private-x", "client-cursor", { x: 1 }), true);
  assertEquals(env.socket.of("client-cursor")[0]!.channel, "private-x");
  env.socket.drop();
  assertEquals(client.trigger("private-x", "client-cursor", { x: 2 }), false);
});
