/** `docs/events.md` walked: what each row says is done on a real store, and what it told is compared. */
import { assert, assertEquals } from "@std/assert";
import {
  acceptApplication,
  acceptInvitation,
  applyToGuild,
  createGuild,
  endGuild,
  inviteToGuild,
  joinGuild,
  leaveGuild,
  rejectApplication,
  removeMember,
  setRole,
  updateGuild,
  withdrawApplication,
} from "../../lib/guilds/mod.ts";
import {
  cancelScheduled,
  changeRoomSettings,
  editMessage,
  editScheduled,
  followThread,
  markRead,
  markThreadRead,
  muteMember,
  pinMessage,
  react,
  registerMessageJobs,
  removeMessage,
  saveDraft,
  scheduleMessage,
  sendMessage,
  tellTyping,
  unmuteMember,
} from "../../lib/messages/mod.ts";
import {
  announce,
  archiveNotification,
  deleteNotification,
  getNotifications,
  markAllNotificationsRead,
  markAllNotificationsSeen,
  markNotificationRead,
  markNotificationSeen,
  NOTIFICATION_DATA,
  registerNotificationJobs,
  restoreNotification,
  sendNotification,
  snoozeNotification,
} from "../../lib/notifications/mod.ts";
import {
  callChannel,
  disputeChannel,
  dmChannel,
  EVENTS,
  GLOBAL_CHANNEL,
  guildChannel,
  parseChannel,
  userChannel,
} from "../../lib/realtime/mod.ts";
import {
  acceptBounty,
  cancelBounty,
  expireBounty,
  matchBounty,
  postBounty,
  reviewBounty,
  submitBounty,
} from "../../lib/bounties/mod.ts";
import { DAY, MINUTE } from "../../lib/clock.ts";
import {
  addEvidence,
  castVote,
  closeTribunal,
  decideDispute,
  escalateDispute,
  getDispute,
  raiseDispute,
  registerDisputeJobs,
  VOTING_TIME,
  withdrawDispute,
} from "../../lib/disputes/mod.ts";
import {
  joinCall,
  leaveCall,
  sendSignal,
  startCall,
} from "../../lib/calls/mod.ts";
import { changeTrust } from "../../lib/users/mod.ts";
import { keys } from "../../lib/kv/mod.ts";
import { noteInput, setStatus } from "../../lib/status/mod.ts";
import { ROOT } from "../support/app.ts";
import { sourcesOf } from "./docs_sources.ts";
import { waitFor } from "../support/wait.ts";
import { WORK } from "../unit/bounties/stage.ts";
import { openDeps, type TestDeps } from "../unit/users/open_deps.ts";

const page = await Deno.readTextFile(`${ROOT}docs/events.md`);
const section = (title: string) =>
  page.split(/^## /m).find((text) => text.startsWith(title))!;
const names = (text: string) =>
  [...text.matchAll(/`([a-z]+(?:[:_][a-z_-]+)?)`/g)].map((match) => match[1]!);

const rows = section("Sent today").split("\n").filter((line) =>
  line.startsWith("| `")
).map((line) => {
  const [change, tables, event, channel, notification] = line.split("|")
    .slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""));
  return {
    change: change!,
    tables: tables!,
    event: event!.split(" ")[0]!,
    volatile: event!.includes("volatile"),
    channel: channel!,
    notification: notification!,
  };
});
const sent = {
  events: new Set(rows.map((row) => row.event).filter(Boolean)),
  notifications: new Set(
    rows.map((row) => row.notification).filter((name) =>
      name && name !== "any"
    ),
  ),
};

Deno.test("every event and every notification is in the table or among those not sent yet, in one of them", () => {
  const rest = names(section("Named, and not sent"));
  assertEquals(
    [...sent.events, ...rest.filter((name) => name.includes(":"))].sort(),
    [...EVENTS].sort(),
  );
  assertEquals(
    [...sent.notifications, ...rest.filter((name) => !name.includes(":"))]
      .sort(),
    Object.keys(NOTIFICATION_DATA).sort(),
  );
});

Deno.test("every event that is sent has its data described", () => {
  const described = section("The data").split("\n").filter((line) =>
    line.startsWith("| `")
  ).map((line) => line.split("`")[1]!);
  assertEquals(described.sort(), [...sent.events].sort());
});

Deno.test("code sends what the table says, and nothing else", async () => {
  const events = new Set<string>();
  const notifications = new Set<string>();
  for (const { path, text } of await sourcesOf("lib", "jobs", "routes")) {
    if (/^lib\/(demo|realtime\/client)\//.test(path)) continue;
    for (const [, name] of text.matchAll(/\b(?:event|name): "([^"]+)"/g)) {
      if ((EVENTS as readonly string[]).includes(name!)) events.add(name!);
    }
    for (const [, name] of text.matchAll(/\btype: "([^"]+)"/g)) {
      if (name! in NOTIFICATION_DATA) notifications.add(name!);
    }
  }
  assertEquals([...events].sort(), [...sent.events].sort());
  assertEquals([...notifications].sort(), [...sent.notifications].sort());
});

/** Everything that a walk needs: a guild of Ada's with Bob in it, and a notification of Ada's. */
async function world(deps: TestDeps) {
  registerNotificationJobs(deps.queue, deps);
  registerDisputeJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  const carl = await deps.addUser("carl");
  const given = { name: "Lantern", description: "", open: true };
  const guild = await createGuild(deps, ada, given);
  assertEquals((await deps.events(guildChannel(guild.id))).length, 0);
  await joinGuild(deps, guild.id, bob);
  await toldOf(deps, "ada", "guild_member_joined");
  const { notifications: [first] } = await getNotifications(deps, ada, {});
  return { ada, bob, carl, guild, notificationId: first!.id };
}
type World = Awaited<ReturnType<typeof world>>;

const typesOf = async (deps: TestDeps, id: string) =>
  (await getNotifications(deps, { id, locale: "en", timeZone: "UTC" }, {}))
    .notifications.map((n) => n.type as string);

async function toldOf(deps: TestDeps, id: string, type: string) {
  await waitFor(async () => (await typesOf(deps, id)).includes(type), {
    what: `${id} to be told of ${type}`,
  });
}

/** Carl's bounty, taken on by Ada for her guild and handed in. */
async function handedIn(deps: TestDeps, { ada, guild, carl }: World) {
  const { id } = await postBounty(deps, carl, { ...WORK, open: true });
  await acceptBounty(deps, ada, id, guild.id);
  await submitBounty(deps, ada, id, { note: "Done", url: null });
  return id;
}

const invite = {
  type: "guild_invite" as const,
  data: { guildId: "g", guildName: "G", inviterId: "x", inviterName: "X" },
};

const admin = { id: "root", role: "admin" as const };
const person = (id: string) => ({ id, role: "member" as const });
const DISPUTE = "D0000000000000000000000000";

/** Carl disputes the work on his bounty that Ada answers for; the dispute's id is known beforehand. */
async function disputed(
  deps: TestDeps,
  { ada, carl, guild }: World,
  crowd = 12,
) {
  for (let i = 0; i < crowd; i++) {
    await deps.addUser(`juror-${i}`, {
      createdAt: deps.now() - 60 * DAY,
      lastActiveAt: deps.now(),
    });
  }
  const bounty = await postBounty(deps, carl, { ...WORK, open: true });
  await acceptBounty(deps, ada, bounty.id, guild.id);
  const reason = "Nothing has come of it for two weeks";
  const ids = [DISPUTE];
  const newId = () => ids.shift() ?? deps.newId();
  return await raiseDispute({ ...deps, newId }, carl, bounty.id, reason);
}

async function voting(deps: TestDeps, { id }: { id: string }) {
  return (await escalateDispute(deps, admin, id)).jurorIds;
}

const dm = parseChannel(dmChannel("ada", "bob"))!;

/** A message of Ada's to Bob that waits. */
function scheduled(deps: TestDeps, author: World["ada"]) {
  const sendAt = deps.now() + DAY;
  return scheduleMessage(deps, {
    channel: dm.name,
    author,
    content: "Soon",
    sendAt,
  });
}

/** Bob owns the guild now, and Ada may not write in it. */
async function mutedAda(deps: TestDeps, { ada, bob, guild }: World) {
  await setRole(deps, ada, guild.id, bob.id, "owner");
  await setRole(deps, bob, guild.id, ada.id, "member");
  const room = parseChannel(guildChannel(guild.id))!;
  const request = { until: null, reason: "" };
  await muteMember(deps, room, bob, ada.id, request);
  return room;
}

/** What Ada has said to Bob. */
async function said(deps: TestDeps, ada: World["ada"]) {
  const channel = dmChannel("ada", "bob");
  const sent = await sendMessage(deps, { channel, author: ada, content: "Hi" });
  return sent.message;
}

/** What Ada has said to Bob, with an answer of his in its thread. */
async function answered(deps: TestDeps, { ada, bob }: World) {
  const { channel, id } = await said(deps, ada);
  const reply = { channel, author: bob, content: "Hm", parentId: id };
  await sendMessage(deps, reply);
  return { channel, id };
}

/** The changes of the first column; each says who finds the row's notification. */
const WALKS: Record<
  string,
  (deps: TestDeps, world: World) => Promise<string[] | void>
> = {
  async sendMessage(deps, { ada, bob }) {
    const channel = dmChannel("ada", "bob");
    await sendMessage(deps, { channel, author: ada, content: "Hello" });
    await sendMessage(deps, { channel, author: bob, content: "Hello" });
  },
  async "sendMessage with names"(deps, { ada, bob }) {
    const channel = dmChannel("ada", "bob");
    const content = "Hello @bob";
    await sendMessage(deps, { channel, author: ada, content });
    return [bob.id];
  },
  async editMessage(deps, { ada }) {
    const { channel, id } = await said(deps, ada);
    await editMessage(deps, { channel, id, author: ada, content: "Hm" });
  },
  async removeMessage(deps, { ada }) {
    const { channel, id } = await said(deps, ada);
    await removeMessage(deps, { channel, id, by: ada });
  },
  async react(deps, { ada, bob }) {
    const { channel, id } = await said(deps, ada);
    await react(deps, { channel, id, user: bob, emoji: "👍", on: true });
  },
  async pinMessage(deps, { ada, bob }) {
    const { channel, id } = await said(deps, ada);
    await pinMessage(deps, { channel, id, user: bob, pinned: true });
  },
  async "sendMessage unread"(deps, { ada, bob }) {
    await said(deps, ada);
    deps.clock.advance(MINUTE);
    deps.queue.ring();
    return [bob.id];
  },
  async markRead(deps, { ada, bob }) {
    await sendMessage(deps, {
      channel: dmChannel("ada", "bob"),
      author: bob,
      content: "Hi",
    });
    await markRead(deps, dm, ada, { kind: "all" });
  },
  async "markRead in direct messages"(deps, { ada, bob }) {
    await said(deps, ada);
    await markRead(deps, dm, bob, { kind: "all" });
  },
  // The thread is Ada's, so that it is told on her channel as the table has it.
  async "sendMessage in a thread"(deps, world) {
    await answered(deps, world);
  },
  async markThreadRead(deps, world) {
    const { channel, id } = await answered(deps, world);
    await markThreadRead(deps, channel, id, "ada");
  },
  async followThread(deps, world) {
    const { channel, id } = await said(deps, world.ada);
    await followThread(deps, channel, id, "ada", true);
  },
  async saveDraft(deps) {
    const channel = dmChannel("ada", "bob");
    const draft = { channel, parentId: null, content: "We", at: deps.now() };
    await saveDraft(deps, "ada", draft);
  },
  async scheduleMessage(deps, { ada }) {
    await scheduled(deps, ada);
  },
  async editScheduled(deps, { ada }) {
    const { id } = await scheduled(deps, ada);
    await editScheduled(deps, "ada", dm.name, id, { content: "Later" });
  },
  async cancelScheduled(deps, { ada }) {
    await scheduled(deps, ada);
    const { id } = await scheduled(deps, ada);
    await cancelScheduled(deps, "ada", dm.name, id);
  },
  async changeRoomSettings(deps, { ada, guild }) {
    const channel = guildChannel(guild.id);
    await changeRoomSettings(deps, channel, ada, { slowSeconds: 10 });
  },
  // Muted by Bob, so that it is told on Ada's channel as the table has it.
  async muteMember(deps, world) {
    await mutedAda(deps, world);
  },
  async unmuteMember(deps, world) {
    const room = await mutedAda(deps, world);
    await joinGuild(deps, world.guild.id, world.carl);
    const request = { until: null, reason: "" };
    await muteMember(deps, room, world.bob, "carl", request);
    await unmuteMember(deps, room.name, world.bob, "ada");
  },
  async setStatus(deps) {
    const own = { state: "dnd" as const, text: "", emoji: "", until: null };
    await setStatus(deps, "ada", own);
  },
  async noteInput(deps) {
    await deps.kv.set(keys.occupied(userChannel("ada"), "n"), 1);
    await deps.kv.set(keys.node("n"), { expiresAt: deps.now() + DAY });
    await noteInput(deps, "ada", true);
  },
  // Volatile events pass through the log like all others.
  async tellTyping(deps, { ada }) {
    await tellTyping(deps, dmChannel("ada", "bob"), ada);
  },
  async joinGuild(deps, { guild, carl, ada, bob }) {
    await setRole(deps, ada, guild.id, bob.id, "officer");
    await joinGuild(deps, guild.id, carl);
    return ["ada", "bob"];
  },
  async leaveGuild(deps, { guild, bob }) {
    await leaveGuild(deps, guild.id, bob.id);
  },
  async "setRole up"(deps, { guild, ada, bob }) {
    await setRole(deps, ada, guild.id, bob.id, "officer");
    return ["bob"];
  },
  async "setRole down"(deps, { guild, ada, bob }) {
    await setRole(deps, ada, guild.id, bob.id, "officer");
    await toldOf(deps, "bob", "guild_promoted");
    await setRole(deps, ada, guild.id, bob.id, "member");
  },
  async updateGuild(deps, { guild, ada }) {
    await updateGuild(deps, ada, guild.id, { name: "Lamp" });
  },
  async removeMember(deps, { guild, ada, bob }) {
    await removeMember(deps, ada, guild.id, bob.id);
  },
  async applyToGuild(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    return ["ada"];
  },
  // Asked of Ada, who leads the guild, and taken back.
  async settleAsk(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await toldOf(deps, "ada", "guild_applied");
    await withdrawApplication(deps, guild.id, carl.id);
    await waitFor(async () => {
      const { notifications } = await getNotifications(deps, ada, {});
      return notifications.some(({ outcome }) => outcome !== null);
    }, { what: "it to be settled" });
  },
  async withdrawApplication(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await withdrawApplication(deps, guild.id, carl.id);
  },
  async acceptApplication(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await acceptApplication(deps, ada, guild.id, carl.id);
    return ["carl"];
  },
  async rejectApplication(deps, { guild, ada, carl }) {
    await updateGuild(deps, ada, guild.id, { open: false });
    await applyToGuild(deps, guild.id, carl, "Let me in");
    await rejectApplication(deps, ada, guild.id, carl.id, "We are full");
    return ["carl"];
  },
  async inviteToGuild(deps, { guild, ada, carl }) {
    await inviteToGuild(deps, ada, guild.id, carl, "Come");
    return ["carl"];
  },
  async acceptInvitation(deps, { guild, ada, bob, carl }) {
    await inviteToGuild(deps, ada, guild.id, carl, "Come");
    await setRole(deps, ada, guild.id, bob.id, "officer");
    await acceptInvitation(deps, guild.id, carl);
    return ["ada", "bob"];
  },
  async endGuild(deps, { guild, ada }) {
    await endGuild(deps, ada, guild.id, guild.name);
  },
  async raiseDispute(deps, world) {
    await disputed(deps, world);
    return ["ada"];
  },
  async addEvidence(deps, world) {
    const dispute = await disputed(deps, world);
    const given = { text: "See the log", links: [] };
    await addEvidence(deps, world.carl, dispute.id, given);
  },
  async escalateDispute(deps, world) {
    return await voting(deps, await disputed(deps, world));
  },
  async castVote(deps, world) {
    const dispute = await disputed(deps, world);
    const [juror] = await voting(deps, dispute);
    await castVote(deps, person(juror!), dispute.id, "ada");
  },
  async closeTribunal(deps, world) {
    const dispute = await disputed(deps, world);
    const jurors = await voting(deps, dispute);
    for (const id of jurors) {
      await castVote(deps, person(id), dispute.id, "ada");
    }
    await closeTribunal(deps, dispute.id, 1);
    return ["ada", "carl"];
  },
  async "closeTribunal tied"(deps, world) {
    const dispute = await disputed(deps, world);
    await voting(deps, dispute);
    deps.clock.advance(VOTING_TIME);
    await closeTribunal(deps, dispute.id, 1);
    const after = await getDispute(deps.kv, dispute.id);
    assertEquals(after!.round, 2);
    return after!.jurorIds;
  },
  async decideDispute(deps, world) {
    const dispute = await disputed(deps, world, 0);
    await escalateDispute(deps, admin, dispute.id);
    await decideDispute(deps, admin, dispute.id, {
      forId: "ada",
      note: "The work was done as agreed",
      frivolous: false,
    });
    return ["ada", "carl"];
  },
  async withdrawDispute(deps, world) {
    const dispute = await disputed(deps, world);
    await withdrawDispute(deps, world.carl, dispute.id);
    return ["ada"];
  },
  async "escalateDispute without jurors"(deps, world) {
    const dispute = await disputed(deps, world, 0);
    await deps.addUser("root", { role: "admin" });
    await escalateDispute(deps, admin, dispute.id);
    return ["root"];
  },
  async sendNotification(deps) {
    await sendNotification(deps, { userId: "ada", ...invite });
  },
  async markNotificationRead(deps, { notificationId }) {
    await markNotificationRead(deps, "ada", notificationId, true);
  },
  async markAllNotificationsRead(deps) {
    await markAllNotificationsRead(deps, "ada");
  },
  async archiveNotification(deps, { notificationId }) {
    await archiveNotification(deps, "ada", notificationId, true);
  },
  async "archiveNotification back"(deps, { notificationId }) {
    await archiveNotification(deps, "ada", notificationId, true);
    await archiveNotification(deps, "ada", notificationId, false);
  },
  async changeTrust(deps) {
    await changeTrust(deps, "ada", {
      delta: 5,
      reason: "dispute_won",
      cause: "dispute:1",
    });
  },
  async "changeTrust to another rank"(deps) {
    await changeTrust(deps, "ada", {
      delta: 5,
      reason: "bounty_completed",
      cause: "bounty:1",
      counts: { completed: 1 },
    });
    return ["ada"];
  },
  async deleteNotification(deps, { notificationId }) {
    await deleteNotification(deps, "ada", notificationId);
  },
};

Object.assign(
  WALKS,
  {
    async postBounty(deps, { carl }) {
      await postBounty(deps, carl, { ...WORK, open: true });
    },
    async matchBounty(deps, { guild, carl }) {
      const { id } = await postBounty(deps, carl, { ...WORK, open: true });
      const fit = {
        guildId: guild.id,
        score: 1,
        reasons: ["They know Preact"],
      };
      await matchBounty(deps, id, [fit]);
    },
    async acceptBounty(deps, { ada, guild, carl }) {
      const { id } = await postBounty(deps, carl, { ...WORK, open: true });
      await acceptBounty(deps, ada, id, guild.id);
      return ["carl"];
    },
    async submitBounty(deps, world) {
      await handedIn(deps, world);
      return ["carl"];
    },
    async reviewBounty(deps, world) {
      await setRole(deps, world.ada, world.guild.id, "bob", "officer");
      const id = await handedIn(deps, world);
      const asked = { rating: null, note: "The footer is missing" };
      await reviewBounty(deps, world.carl, id, {
        outcome: "changes",
        ...asked,
      });
      return ["ada", "bob"];
    },
    async "reviewBounty with a payout"(deps, world) {
      await setRole(deps, world.ada, world.guild.id, "bob", "officer");
      const id = await handedIn(deps, world);
      const praise = { rating: 5, note: "" };
      await reviewBounty(deps, world.carl, id, {
        outcome: "accepted",
        ...praise,
      });
      return ["ada"];
    },
    async cancelBounty(deps, { ada, guild, carl }) {
      const { id } = await postBounty(deps, carl, { ...WORK, open: true });
      await acceptBounty(deps, ada, id, guild.id);
      await cancelBounty(deps, carl, id);
      return ["ada"];
    },
    async expireBounty(deps, { carl }) {
      const deadline = deps.now() + 1_000;
      const { id } = await postBounty(deps, carl, {
        ...WORK,
        deadline,
        open: true,
      });
      deps.clock.advance(1_000);
      await expireBounty(deps, id);
      return ["carl"];
    },
  } satisfies typeof WALKS,
);

Object.assign(
  WALKS,
  {
    async "deleteNotification back"(deps, { notificationId }) {
      await deleteNotification(deps, "ada", notificationId);
      await restoreNotification(deps, "ada", notificationId);
    },
    async markNotificationSeen(deps, { notificationId }) {
      await markNotificationSeen(deps, "ada", notificationId);
    },
    async markAllNotificationsSeen(deps) {
      await markAllNotificationsSeen(deps, "ada");
    },
    async snoozeNotification(deps, { notificationId }) {
      const until = deps.now() + DAY;
      await snoozeNotification(deps, "ada", notificationId, until);
    },
    async "snoozeNotification back"(deps, { notificationId }) {
      const until = deps.now() + DAY;
      await snoozeNotification(deps, "ada", notificationId, until);
      await snoozeNotification(deps, "ada", notificationId, null);
    },
    async wakeNotification(deps, { notificationId }) {
      const until = deps.now() + DAY;
      await snoozeNotification(deps, "ada", notificationId, until);
      deps.clock.advance(DAY);
      await deps.queue.drain(5_000);
    },
    async expireDue(deps) {
      const expiresAt = deps.now() + DAY;
      await sendNotification(deps, {
        userId: "ada",
        type: "guild_invite",
        data: { ...invite.data, expiresAt },
      });
      deps.clock.advance(DAY);
      await deps.queue.drain(5_000);
    },
    async announce(deps) {
      await announce(deps, admin, { title: "News", body: "There is some" });
      return ["ada", "bob", "carl"];
    },
  } satisfies typeof WALKS,
);

const PEER = "tab-of-ada";
const CALL = "C0000000000000000000000000";

/** A call of Bob's and Ada's; its id is known beforehand. */
async function calling(deps: TestDeps, by: World["ada"]) {
  const newId = () => CALL;
  const { call } = await startCall({ ...deps, newId }, dm, by, {
    video: false,
  });
  return call.id;
}

Object.assign(
  WALKS,
  {
    async startCall(deps, { ada }) {
      await calling(deps, ada);
    },
    async "startCall rings"(deps, { bob }) {
      await calling(deps, bob);
    },
    async joinCall(deps, { ada }) {
      await joinCall(deps, await calling(deps, ada), ada, PEER);
    },
    async "joinCall elsewhere"(deps, { ada, bob }) {
      await joinCall(deps, await calling(deps, bob), ada, PEER);
    },
    async "leaveCall last"(deps, { ada }) {
      const id = await calling(deps, ada);
      await joinCall(deps, id, ada, PEER);
      await leaveCall(deps, id, "ada", PEER);
    },
    async sendSignal(deps, { ada }) {
      const id = await calling(deps, ada);
      await joinCall(deps, id, ada, PEER);
      const signal = { type: "hello" as const };
      await sendSignal(deps, id, "ada", { peer: PEER, to: null, signal });
    },
  } satisfies typeof WALKS,
);

/** These take a month of silence, a fraud or a matchmaker to show; tests/unit/jobs and tests/unit/ai do them. */
const ELSEWHERE = ["trustDecayJob", "oracleJob", "registerMatchmaker"];

Deno.test("each row of the table has its walk", () => {
  assertEquals(
    rows.map((row) => row.change).sort(),
    [...Object.keys(WALKS), ...ELSEWHERE].sort(),
  );
});

for (const row of rows) {
  const walk = WALKS[row.change];
  if (!walk) continue;
  Deno.test(`${row.change}: ${row.event} on ${row.channel}, ${row.notification || "no notification"}`, async () => {
    await using deps = await openDeps();
    const before = await world(deps);
    const channels = row.channel.split(", ").map((channel) =>
      ({
        "the room's": dmChannel("ada", "bob"),
        "guild-{id}": guildChannel(before.guild.id),
        "platform-global": GLOBAL_CHANNEL,
        "private-user-{client}": userChannel("carl"),
        "private-user-{raiser}": userChannel("carl"),
        "dispute-{id}": disputeChannel(DISPUTE),
        "presence-call-{id}": callChannel(CALL),
      })[channel] ?? userChannel("ada")
    );
    const volatiles: string[] = [];
    const append = deps.log.append.bind(deps.log);
    deps.log.append = (what) => {
      for (const event of what.events) {
        if (event.volatile) volatiles.push(event.event);
      }
      return append(what);
    };
    const tables = row.tables === "none"
      ? []
      : row.tables.replace(" (dm)", "").split(", ");
    const contents = await Promise.all(
      tables.map((table) => contentOf(deps, table)),
    );
    const earlier = await Promise.all(
      channels.map((name) => deps.events(name)),
    );
    const recipients = await walk(deps, before) ?? [];
    for (const [i, name] of channels.entries()) {
      const later = (await deps.events(name)).slice(earlier[i]!.length)
        .filter(({ event }) =>
          event === row.event || !/^(bounty|dispute):/.test(row.event) ||
          !/^(notification|user):/.test(event)
        );
      assertEquals(later.at(-1)?.event ?? "", row.event, name);
    }
    assertEquals(volatiles.includes(row.event), row.volatile);
    for (const id of recipients) await toldOf(deps, id, row.notification);
    const others = ["ada", "bob", "carl"].filter((id) =>
      !recipients.includes(id)
    );
    if (row.notification && row.notification !== "any") {
      assert(recipients.length > 0);
      for (const id of others) {
        assert(!(await typesOf(deps, id)).includes(row.notification), id);
      }
    }
    for (const [i, table] of tables.entries()) {
      const now = await contentOf(deps, table);
      assert(now !== contents[i], `${table} did not change`);
    }
  });
}

/** The rows of a table with their versions, as one text. */
async function contentOf({ kv }: TestDeps, table: string): Promise<string> {
  const rows = await Array.fromAsync(
    kv.list({ prefix: [table] }),
    ({ key, versionstamp }) => `${key.join(" ")} ${versionstamp}`,
  );
  return rows.join("\n");
}
