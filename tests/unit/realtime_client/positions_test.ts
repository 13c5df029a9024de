/** Positions in the browser: gaps, resumption, expiry. */
import { assertEquals } from "@std/assert";
import { channel, event, listen, succeeded, world } from "./channel_support.ts";

Deno.test("who joins with an older snapshot during a subscribe gets what lies between", () => {
  const { env, client } = world();
  const first = listen(client, "1.5.0");
  const late = listen(client, "1.3.0");
  env.socket.push(succeeded("1.5.0", { recovered: true }));
  const asked = env.socket.of("pusher:subscribe").map(({ data }) => data.since);
  assertEquals(asked, ["1.5.0", "1.3.0"]);
  env.socket.push(
    succeeded("1.3.0", { recovered: true }),
    event(4, "1.4.0", "1.3.0"),
    event(5, "1.5.0", "1.4.0"),
    event(6, "1.6.0", "1.5.0"),
  );
  assertEquals(first.log.filter(Number), [6]);
  assertEquals(late.log.filter(Number), [4, 5, 6]);
});

Deno.test("after a cut the channel goes on from its last event", () => {
  const { env, client } = world();
  listen(client);
  env.socket.push(succeeded("1.1.0"), event(1, "1.4.0", "1.1.0"));
  env.socket.drop();
  env.advance(1_000);
  env.socket.establish();
  assertEquals(env.socket.of("pusher:subscribe")[0]!.data.since, "1.4.0");
});

Deno.test("volatile events are delivered and move nothing", () => {
  const { env, client } = world();
  const { log } = listen(client);
  env.socket.push(succeeded("1.1.0"), event(1), event(2));
  env.socket.drop();
  env.advance(1_000);
  env.socket.establish();
  assertEquals(env.socket.of("pusher:subscribe")[0]!.data.since, "1.1.0");
  assertEquals(log.filter(Number), [1, 2]);
});

Deno.test("this page's own client event leaves no gap: its place is told", () => {
  const { env, client } = world();
  const { log } = listen(client);
  env.socket.push(
    succeeded("1.1.0"),
    {
      event: "nexora:position",
      channel,
      position: "1.2.0",
      prev: "1.1.0",
    },
    event(3, "1.3.0", "1.2.0"),
  );
  assertEquals(log, ["subscribing", "subscribed", 3]);
  assertEquals(env.socket.of("pusher:subscribe").length, 1);
});

Deno.test("an expired position is told once, and events go on after it", () => {
  const { env, client } = world();
  const { log } = listen(client, "1.2.0");
  env.socket.push(
    succeeded("1.90.0"),
    { event: "nexora:position_expired", channel, data: "{}" },
    event(91, "1.91.0", "1.90.0"),
  );
  assertEquals(log, ["subscribing", "subscribed", "expired", 91]);
});

Deno.test("a position that expires in the middle of the stream is told too", () => {
  const { env, client } = world();
  const { log } = listen(client);
  env.socket.push(
    succeeded("1.2.0"),
    event(3, "1.3.0", "1.2.0"),
    {
      event: "nexora:position_expired",
      channel,
      data: '{"code":"position_expired","position":"1.50.0"}',
    },
    event(51, "1.51.0", "1.50.0"),
  );
  assertEquals(log.slice(2), [3, "expired", 51]);
});

Deno.test("a server that contradicts itself makes the page reload, not spin", () => {
  const { env, client } = world();
  const { log } = listen(client, "1.1.0");
  env.socket.onSent = (frame) => {
    if (frame.event !== "pusher:subscribe") return;
    env.socket.push(
      succeeded("1.1.0", { recovered: true }),
      event(9, "1.9.0", "1.8.0"),
    );
  };
  env.socket.push(
    succeeded("1.1.0", { recovered: true }),
    event(9, "1.9.0", "1.8.0"),
  );
  assertEquals(log.filter((entry) => entry === "expired").length, 1);
  assertEquals(log.at(-1), 9);
});

Deno.test("several frames in one message are taken one after the other", () => {
  const { env, client } = world();
  const { log } = listen(client);
  env.socket.pushText(
    JSON.stringify([
      succeeded("1.1.0"),
      event(2, "1.2.0", "1.1.0"),
      event(3, "1.3.0", "1.2.0"),
    ]),
  );
  assertEquals(log, ["subscribing", "subscribed", 2, 3]);
});

Deno.test("a late listener whose position is expired makes nobody else load again", () => {
  const { env, client } = world();
  const first = listen(client, "1.80.0");
  env.socket.push(
    succeeded("1.80.0", { recovered: true }),
    event(81, "1.81.0", "1.80.0"),
  );
  const late = listen(client, "0.7.0");
  env.socket.push(
    succeeded("1.90.0"),
    { event: "nexora:position_expired", channel, data: "{}" },
  );
  assertEquals(late.log.filter((entry) => entry === "expired").length, 1);
  const asked = env.socket.of("pusher:subscribe").map(({ data }) => data.since);
  assertEquals(asked, ["1.80.0", "0.7.0", "1.81.0"]);
  env.socket.push(
    succeeded("1.81.0", { recovered: true }),
    event(85, "1.85.0", "1.81.0"),
    event(91, "1.91.0", "1.85.0"),
  );
  assertEquals(first.log.filter((entry) => entry === "expired"), []);
  assertEquals(first.log.filter(Number), [81, 85, 91]);
  assertEquals(late.log.filter(Number), [91]);
});

Deno.test("another epoch expires whoever was in the last one", () => {
  const { env, client } = world();
  const first = listen(client, "2.5.0");
  const late = listen(client, "2.9.0");
  env.socket.push(succeeded("2.5.0", { recovered: true }));
  env.socket.push(
    succeeded("1.1.0"),
    { event: "nexora:position_expired", channel, data: "{}" },
  );
  for (const { log } of [first, late]) {
    assertEquals(log.filter((entry) => entry === "expired").length, 1);
  }
});
