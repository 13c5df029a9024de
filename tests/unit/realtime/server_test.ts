/** Members, gaps, isolates that come and go, over real isolates and fake sockets. */
import { assert, assertEquals } from "@std/assert";
import { parseChannel } from "../../../lib/realtime/channels.ts";
import { HEARTBEAT, NODE_TTL } from "../../../lib/realtime/nodes.ts";
import { fakeClock } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";
import {
  ERROR,
  type FakeSocket,
  plain,
  signin,
  status,
  subscribe,
  SUCCEEDED,
  TestIsolate,
} from "./server_support.ts";

Deno.test("a connection that goes while it joins leaves nothing behind", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv);
  const { server } = isolate;
  const join = server.presence.join.bind(server.presence);
  const complain = console.error;
  console.error = () => {};
  for (const failing of [false, true]) {
    const { socket, id } = isolate.connect();
    server.presence.join = async (...args) => {
      await join(...args);
      socket.hangUp();
      // The answer of the store can be lost, too.
      if (failing) throw new TypeError("connection reset");
    };
    socket.say(subscribe(id, "presence-room", { user_id: "ann" }));
    await waitFor(() => socket.readyState === WebSocket.CLOSED, {
      what: "the end",
    });
    await waitFor(
      async () => (await server.presence.members("presence-room")).length === 0,
      { what: "ann to be gone", timeout: 6_000 },
    );
    assertEquals(server.hub.count("presence-room"), 0);
  }
  console.error = complain;
});

/** Publishes until the client has said `stop`; what a client makes of presence frames. */
function membersSeen(socket: FakeSocket, channel: string) {
  const members = new Set<string>();
  const twice: string[] = [];
  for (const frame of socket.frames) {
    if (frame.channel !== channel) continue;
    const data = frame.data ? JSON.parse(frame.data) : {};
    if (frame.event === SUCCEEDED) {
      for (const id of data.presence.ids) members.add(id);
    } else if (frame.event === "pusher_internal:member_added") {
      if (members.has(data.user_id)) twice.push(data.user_id);
      members.add(data.user_id);
    } else if (frame.event === "pusher_internal:member_removed") {
      members.delete(data.user_id);
    }
  }
  return { members, twice };
}

Deno.test("sixty people who enter at once over two isolates see each other, each told once", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await TestIsolate.open(kv);
  await using two = await TestIsolate.open(kv);
  const all = Array.from({ length: 60 }, (_, i) => {
    const client = (i % 2 ? one : two).connect();
    client.socket.say(
      subscribe(client.id, "presence-room", { user_id: `u${i}` }),
    );
    return client.socket;
  });
  await waitFor(
    () => all.every((s) => membersSeen(s, "presence-room").members.size === 60),
    {
      what: () =>
        `60 members, ${
          all.map((s) => membersSeen(s, "presence-room").members.size)
        }`,
    },
  );
  for (const socket of all) {
    assertEquals(membersSeen(socket, "presence-room").twice, []);
  }
});

Deno.test("a client that saw a gap goes on in place, with the members; if that fails it may start anew", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv);
  const { socket, id } = isolate.connect();
  const room = "presence-room";
  socket.say(subscribe(id, room, { user_id: "ann" }));
  const { position } = await socket.heard(SUCCEEDED, room);
  await isolate.log.append({
    events: [{ channel: room, event: "e", data: "1" }],
  });
  await socket.heard("e", room);
  socket.say(subscribe(id, room, { user_id: "ann" }, { since: position }));
  await waitFor(() => socket.events("e", room).length === 2, {
    what: "the replay",
  });
  const again = socket.events(SUCCEEDED, room)[1];
  assertEquals(again.recovered, true);
  assertEquals(JSON.parse(again.data).presence.ids, ["ann"]);
  assertEquals(isolate.server.hub.count(room), 1);

  socket.say(plain(room));
  assertEquals(status(await socket.heard(ERROR, room)), 400);

  const { log } = isolate;
  const catchUp = log.catchUp.bind(log);
  log.catchUp = () => Promise.reject(new TypeError("connection reset"));
  const complain = console.error;
  console.error = () => {};
  socket.say(subscribe(id, room, { user_id: "ann" }, { since: position }));
  await waitFor(() => socket.events(ERROR, room).length === 2, {
    what: "the failure",
  });
  console.error = complain;
  log.catchUp = catchUp;
  assertEquals(status(socket.events(ERROR, room)[1]), 500);
  socket.say(subscribe(id, room, { user_id: "ann" }));
  await waitFor(() => socket.events(SUCCEEDED, room).length === 3, {
    what: "a new beginning",
  });
});

Deno.test("an isolate that was taken for dead has its members, counts and watched users again", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await using stalled = await TestIsolate.open(kv, clock);
  await using other = await TestIsolate.open(kv, clock);
  const ann = stalled.connect();
  ann.socket.say(signin(ann.id, { id: "ann" }));
  ann.socket.say(subscribe(ann.id, "presence-room", { user_id: "ann" }));
  ann.socket.say(subscribe(ann.id, "room"));
  await ann.socket.heard(SUCCEEDED, "room");
  const { occupancy, presence } = other.server;
  await waitFor(async () => await occupancy.total("room") === 1, {
    what: "the count",
  });
  const others = async () => ({
    members: (await presence.members("presence-room")).length,
    total: await occupancy.total("room"),
    online: await presence.isMember("#watch-ann", "ann"),
  });
  for (let ms = 0; ms <= NODE_TTL; ms += HEARTBEAT) {
    clock.advance(HEARTBEAT);
    await other.server.nodes.beat();
  }
  assertEquals(await others(), { members: 0, total: 0, online: false });
  await stalled.server.nodes.beat();
  await other.server.nodes.beat();
  await waitFor(async () => (await others()).total === 1, {
    what: "the count again",
  });
  assertEquals(await others(), { members: 1, total: 1, online: true });
});

Deno.test("an isolate that has just started is counted at once by the others", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await TestIsolate.open(kv);
  await using two = await TestIsolate.open(kv);
  const { socket } = two.connect();
  socket.say(plain("news"));
  await socket.heard(SUCCEEDED);
  await waitFor(
    async () => (await one.server.occupancy.channels()).get("news") === 1,
    { what: "the subscriber", timeout: 2_000 },
  );
});

Deno.test("a drain tells every client to come back, ends streams, and leaves nothing running", async () => {
  using kv = await Deno.openKv(":memory:");
  await using staying = await TestIsolate.open(kv);
  const isolate = await TestIsolate.open(kv);
  const clients = Array.from(
    { length: 40 },
    (_, i) => isolate.connect(undefined, { takesBatches: i % 2 === 0 }),
  );
  for (const [i, { socket, id }] of clients.entries()) {
    socket.say(subscribe(id, "presence-room", { user_id: `u${i}` }));
  }
  for (const { socket } of clients) await socket.heard(SUCCEEDED);
  const stream = Array.fromAsync(
    isolate.server.stream([parseChannel("news")!], null, {
      actor: null,
      sessionHash: null,
      address: "10.0.0.9",
    }),
  );
  const started = performance.now();
  await isolate.end();
  assert(performance.now() - started < 4_000);
  await stream;
  for (const [i, { socket }] of clients.entries()) {
    assertEquals(socket.code, 4200);
    assertEquals(
      socket.events("nexora:reconnect").length,
      i % 2 === 0 ? 1 : 0,
    );
  }
  assertEquals(isolate.server.refusal("10.0.0.1")?.code, 4200);
  // A client that comes back elsewhere within the grace has not left.
  const back = staying.connect();
  back.socket.say(subscribe(back.id, "presence-room", { user_id: "u0" }));
  const { data } = await back.socket.heard(SUCCEEDED);
  assertEquals(JSON.parse(data).presence.count, 40);
});
