import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { MINUTE } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { createGuild, joinGuild, leaveGuild } from "../../../lib/guilds/mod.ts";
import { keys } from "../../../lib/kv/mod.ts";
import {
  blockUser,
  chooseForRoom,
  getRoomChoice,
  listRail,
  markRead,
  registerMessageJobs,
  type RoomChoice,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  getPreferences,
  muteSubject,
  registerNotificationJobs,
  unmuteSubject,
} from "../../../lib/notifications/mod.ts";
import {
  dmChannel,
  guildChannel,
  parseChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

/** A guild of Ada's with Bob and Cleo in it. */
async function world(deps: TestDeps) {
  registerNotificationJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  const cleo = await deps.addUser("cleo");
  const given = { name: "Lantern", description: "", open: true };
  const { id: guildId } = await createGuild(deps, ada, given);
  for (const one of [bob, cleo]) await joinGuild(deps, guildId, one);
  const channel = guildChannel(guildId);
  const room = parseChannel(channel)!;
  const say = (content: string, author = ada) =>
    sendMessage(deps, { channel, author, content });
  /** Lets the seconds pass after which who has not read it is told. */
  const later = async () => {
    // A minute that passes within a commit looks to the log like a store that does not answer.
    await deps.queue.drain(5_000);
    deps.clock.advance(MINUTE);
    deps.queue.ring();
    await deps.queue.drain(5_000);
  };
  const told = async (user: typeof ada) =>
    (await getNotifications(deps, user, {})).notifications
      .filter(({ type }) => /message/.test(type))
      .map(({ type, title }) => `${type}: ${title}`);
  return { ada, bob, cleo, guildId, channel, room, say, later, told };
}

Deno.test("who wants all messages is told of each that they have not read, once, and nobody else is", async () => {
  await using deps = await openDeps();
  const { bob, cleo, guildId, room, say, later, told } = await world(deps);
  await chooseForRoom(deps, room, "bob", { level: "all" });
  await say("First");
  await later();
  assertEquals(await told(bob), ["room_message: ada wrote in Lantern"]);
  assertEquals(await told(cleo), []);
  await say("Second");
  await say("Third, @bob");
  await say("My own", bob);
  await later();
  // What names them comes as a mention, and not a second time.
  assertEquals((await told(bob)).toSorted(), [
    "message_mention: ada mentioned you in Lantern",
    "room_message: 2 messages in Lantern",
  ]);
  await say("Read at once");
  await markRead(deps, room, bob, { kind: "all" });
  await later();
  assertEquals((await told(bob)).length, 2);
  await leaveGuild(deps, guildId, bob.id);
  await say("Behind closed doors");
  await later();
  assertEquals((await told(bob)).length, 2);
  const left = await deps.kv.get(keys.roomWatcher(room.name, "bob"));
  assertEquals(left.value, null, "whoever may not see it watches it no more");
});

Deno.test("with nothing, neither words to all nor a mention notifies, and the rail counts what names one", async () => {
  await using deps = await openDeps();
  const { ada, bob, channel, room, say, later, told } = await world(deps);
  await chooseForRoom(deps, room, "bob", { level: "all" });
  await chooseForRoom(deps, room, "bob", { level: "nothing" });
  await say("For everybody");
  await say("For @bob");
  await later();
  assertEquals(await told(bob), []);
  const seen = async () => {
    const rail = await listRail(deps, bob);
    const { unread, mentions, muted } = rail.find((one) =>
      one.channel === channel
    )!;
    return [unread, mentions, muted];
  };
  assertEquals(await seen(), [2, 1, true]);
  // It is the mute that the settings show, and taking it back there brings back what is usual.
  const { mutes } = await getPreferences(deps, "bob");
  assertEquals(mutes.map(({ kind, id, label }) => [kind, id, label]), [
    ["room", channel, "Lantern"],
  ]);
  await unmuteSubject(deps, "bob", { kind: "room", id: channel });
  assertEquals((await getRoomChoice(deps, room, "bob")).level, "mentions");
  assertEquals(await seen(), [2, 1, false]);
  await say("Once more for @bob");
  await later();
  assertEquals((await told(bob)).length, 1);
  // Of a guild that is muted as a whole, the room is silent too.
  const guild = { kind: "guild" as const, id: channel.slice("guild-".length) };
  await muteSubject(deps, "bob", { ...guild, label: "", until: null });
  const choice = await getRoomChoice(deps, room, "bob");
  assertEquals([choice.level, choice.muted], ["mentions", true]);
  assertEquals((await listRail(deps, ada))[0]!.muted, false);
});

Deno.test("between two people it is all or nothing; who is blocked is not told", async () => {
  await using deps = await openDeps();
  const { ada, bob, room, say, later, told } = await world(deps);
  const dm = parseChannel(dmChannel("ada", "bob"))!;
  const level = async () => (await getRoomChoice(deps, dm, "bob")).level;
  assertEquals(await level(), "all");
  await assertRejects(
    () => chooseForRoom(deps, dm, "bob", { level: "mentions" }),
    NexoraError,
  );
  await chooseForRoom(deps, dm, "bob", { level: "nothing" });
  await sendMessage(deps, { channel: dm.name, author: ada, content: "Hello" });
  await later();
  assertEquals(await told(bob), []);
  await chooseForRoom(deps, dm, "bob", { level: "all" });
  assertEquals(await level(), "all");
  await chooseForRoom(deps, room, "bob", { level: "all" });
  await blockUser(deps, "bob", "ada");
  await say("Can you hear me?");
  await later();
  assertEquals(await told(bob), []);
});

Deno.test("of choices made at once on two devices, every one counts, and the last that was told is what is kept", async () => {
  const choice = fc.oneof(
    fc.record({ starred: fc.boolean() }),
    fc.record({
      level: fc.constantFrom(
        "all" as const,
        "mentions" as const,
        "nothing" as const,
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(choice, fc.boolean()), { minLength: 1, maxLength: 8 }),
      async (made) => {
        await using deps = await openDeps();
        await using other = await deps.fork();
        const { channel, room } = await world(deps);
        await Promise.all(
          made.map(([given, first]) =>
            chooseForRoom(first ? deps : other, room, "bob", given)
          ),
        );
        const told = (await deps.events(userChannel("bob")))
          .filter((one) => one.event === "room:choice")
          .map((one) => one.json as RoomChoice);
        const kept = await getRoomChoice(deps, room, "bob");
        assertEquals(
          told.at(-1) ?? {
            channel,
            level: "mentions",
            muted: false,
            starred: false,
          },
          kept,
        );
        const rail = await listRail(deps, { id: "bob", role: "member" });
        const { starred, muted } = rail.find((one) => one.channel === channel)!;
        assertEquals([starred, muted], [kept.starred, kept.muted]);
        // The last of each kind was one that somebody made.
        const levels = made.flatMap(([given]) =>
          "level" in given ? [given.level] : []
        );
        if (levels.length > 0) {
          assertEquals(levels.includes(kept.level as never), true);
        } else assertEquals(kept.level, "mentions");
      },
    ),
    { numRuns: 25 },
  );
});
