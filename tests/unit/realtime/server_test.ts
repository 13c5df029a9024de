import { assert, assertEquals } from "@std/assert";
import { keys } from "../../../lib/kv/mod.ts";
import { parseChannel } from "../../../lib/realtime/channels.ts";
import { accessChanged, sessionEnded } from "../../../lib/realtime/control.ts";
import { HEARTBEAT, NODE_TTL } from "../../../lib/realtime/nodes.ts";
import { fakeClock } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";
import {
  type FakeSocket,
  type Frame,
  signin,
  subscribe,
  TestIsolate,
} from "./server_support.ts";

const SUCCEEDED = "pusher_internal:subscription_succeeded";
const ERROR = "pusher:subscription_error";

const plain = (channel: string, extra: Record<string, unknown> = {}) => ({
  event: "pusher:subscribe",
  data: { channel, ...extra },
});

function status(frame: Frame): number {
  return JSON.parse(frame.data).status;
}

/** `ann` and `bob` are in guild `g`. */
async function withGuild(kv: Deno.Kv): Promise<void> {
  for (const user of ["ann", "bob"]) {
    await kv.set(keys.guild("g"), { id: "g" });
    await kv.set(keys.guildMember("g", user), { role: "member" });
  }
}

Deno.test("the policy decides under every prefix, and nobody is let in without it", async () => {
  using kv = await Deno.openKv(":memory:");
  await withGuild(kv);
  await kv.set(keys.dispute("d"), { id: "d", state: "raised" });
  await kv.set(keys.disputeParty("d", "ann"), { role: "juror" });
  await using isolate = await TestIsolate.open(kv);
  const cases: [channel: string, who: string[]][] = [
    ["guild-g", ["ann", "bob"]],
    ["dispute-d", ["ann"]],
    ["dm-ann-cem", ["ann", "cem"]],
    ["dm-cem-ann", []],
    ["platform-global", ["ann", "bob", "cem", "nobody"]],
  ];
  const prefixes = ["", "private-", "presence-", "private-encrypted-"];
  for (const [name, members] of cases) {
    for (const prefix of prefixes) {
      for (const cache of ["", "cache-"]) {
        const channel = prefix + cache + name;
        for (const who of ["ann", "bob", "cem", "nobody"]) {
          const { socket } = isolate.connect(
            who === "nobody" ? undefined : who,
          );
          socket.say(plain(channel));
          const answer = await waitFor(
            () => [...socket.events(SUCCEEDED), ...socket.events(ERROR)][0],
            { what: `an answer about ${channel}` },
          );
          const outcome = answer.event === SUCCEEDED ? 200 : status(answer);
          // Without a user there is no member to be.
          const expected = who === "nobody" && prefix === "presence-" &&
              members.includes(who)
            ? 400
            : members.includes(who)
            ? 200
            : who === "nobody"
            ? 401
            : 403;
          assertEquals(outcome, expected, `${who} on ${channel}`);
          socket.hangUp();
        }
      }
    }
  }
  for (const channel of ["private-user-ann", "#server-to-user-ann"]) {
    for (const [who, expected] of [["ann", 200], ["bob", 403]] as const) {
      const { socket } = isolate.connect(who);
      socket.say(plain(channel));
      if (expected === 200) await socket.heard(SUCCEEDED, channel);
      else assertEquals(status(await socket.heard(ERROR, channel)), expected);
      socket.hangUp();
    }
  }
});

Deno.test("nobody reaches the server's own channels", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await TestIsolate.open(kv);
  const { socket, id } = isolate.connect("ann");
  for (const channel of ["#control", "#watch-bob", "#", "#server-to-user-"]) {
    socket.say(plain(channel));
    assertEquals(status(await socket.heard(ERROR, channel)), 400);
    socket.say({ event: "client-x", channel, data: {} });
    await waitFor(
      () => socket.events("pusher:error", channel).length === 1,
      { what: `a refusal on ${channel}` },
    );
  }
  socket.say(subscribe(id, "#control"));
  await waitFor(() => socket.events(ERROR, "#control").length === 2, {
    what: "a refusal of a signed subscription",
  });
  await isolate.log.append({ events: [accessChanged("ann")] });
  assertEquals(socket.events("control"), []);
  assertEquals(isolate.server.hub.count("#control"), 1);
});

Deno.test("who loses a guild is out of its channels at once, in every isolate and by every way in", async () => {
  using kv = await Deno.openKv(":memory:");
  await withGuild(kv);
  await using one = await TestIsolate.open(kv);
  await using two = await TestIsolate.open(kv);
  const plainly = one.connect("ann");
  plainly.socket.say(plain("guild-g"));
  plainly.socket.say(plain("presence-guild-g"));
  const signed = two.connect("ann");
  signed.socket.say(subscribe(signed.id, "private-guild-g"));
  const other = two.connect("bob");
  other.socket.say(plain("guild-g"));
  other.socket.say(plain("presence-guild-g"));
  await plainly.socket.heard(SUCCEEDED, "presence-guild-g");
  await signed.socket.heard(SUCCEEDED, "private-guild-g");
  await other.socket.heard(SUCCEEDED, "presence-guild-g");
  const stream = two.server.stream([parseChannel("guild-g")!], null, {
    actor: { id: "ann", role: "member" },
    sessionHash: "s",
    address: "10.0.0.9",
  });
  const read = Array.fromAsync(stream);
  assertEquals(two.server.streams.size, 1);

  await one.log.append({
    events: [accessChanged("ann")],
    mutations: [{ type: "delete", key: keys.guildMember("g", "ann") }],
  });
  for (
    const [socket, channel] of [
      [plainly.socket, "guild-g"],
      [plainly.socket, "presence-guild-g"],
      [signed.socket, "private-guild-g"],
    ] as const
  ) assertEquals(status(await socket.heard(ERROR, channel)), 403);
  await read;
  assertEquals(two.server.streams.size, 0);
  await one.log.append({
    events: [
      { channel: "guild-g", event: "secret", data: "" },
      { channel: "private-guild-g", event: "secret", data: "" },
    ],
  });
  await other.socket.heard("secret", "guild-g");
  assertEquals(plainly.socket.events("secret"), []);
  assertEquals(signed.socket.events("secret"), []);
  await waitFor(
    () =>
      other.socket.events(
        "pusher_internal:member_removed",
        "presence-guild-g",
      ).length === 1,
    { what: "ann to leave", timeout: 5_000 },
  );
});

Deno.test("a subscription that was allowed a moment before the right was lost does not stay", async () => {
  using kv = await Deno.openKv(":memory:");
  await withGuild(kv);
  await using isolate = await TestIsolate.open(kv);
  const { socket } = isolate.connect("ann");
  // The join is held up after the policy has said yes.
  const held = Promise.withResolvers<void>();
  const join = isolate.server.presence.join.bind(isolate.server.presence);
  let joining = false;
  isolate.server.presence.join = async (...args) => {
    joining = true;
    await held.promise;
    await join(...args);
  };
  socket.say(plain("presence-guild-g"));
  await waitFor(() => joining, { what: "the join" });
  await isolate.log.append({
    events: [accessChanged("ann")],
    mutations: [{ type: "delete", key: keys.guildMember("g", "ann") }],
  });
  held.resolve();
  assertEquals(status(await socket.heard(ERROR, "presence-guild-g")), 403);
  assertEquals(isolate.server.hub.count("presence-guild-g"), 0);
});

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

Deno.test("ended sessions and terminated users lose their sockets and streams in every isolate", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await TestIsolate.open(kv);
  await using two = await TestIsolate.open(kv);
  const stream = () => {
    const body = two.server.stream([parseChannel("news")!], null, {
      actor: { id: "ann", role: "member" },
      sessionHash: "session of ann",
      address: "10.0.0.9",
    });
    return Array.fromAsync(body);
  };
  const session = two.connect("ann").socket;
  const first = stream();
  await one.log.append({ events: [sessionEnded("session of ann")] });
  await waitFor(() => session.code === 4009, { what: "4009" });
  await first;

  const cookie = two.connect("ann").socket;
  const token = two.connect();
  token.socket.say(signin(token.id, { id: "ann" }));
  await token.socket.heard("pusher:signin_success");
  const bob = two.connect("bob").socket;
  const second = stream();
  await one.server.terminate("ann");
  for (const socket of [cookie, token.socket]) {
    await waitFor(() => socket.code === 4009, { what: "4009" });
  }
  await second;
  assertEquals(bob.code, null);
  bob.hangUp();
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
