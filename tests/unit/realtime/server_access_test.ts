/** Who gets in, and who is put out, over real isolates and fake sockets. */
import { assertEquals } from "@std/assert";
import { keys } from "../../../lib/kv/mod.ts";
import { parseChannel } from "../../../lib/realtime/channels.ts";
import { accessChanged, sessionEnded } from "../../../lib/realtime/control.ts";
import { waitFor } from "../../support/wait.ts";
import {
  ERROR,
  plain,
  signin,
  status,
  subscribe,
  SUCCEEDED,
  TestIsolate,
} from "./server_support.ts";

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
