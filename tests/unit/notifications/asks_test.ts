/** What a notification asks for is settled when it is done on its page, or can no longer be done: every asking type. */
import { assert, assertEquals } from "@std/assert";
import {
  acceptBounty,
  cancelBounty,
  expireBounty,
  postBounty,
  reviewBounty,
  submitBounty,
} from "../../../lib/bounties/mod.ts";
import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import {
  addEvidence,
  castVote,
  decideDispute,
  escalateDispute,
  getDispute,
  raiseDispute,
  registerDisputeJobs,
  withdrawDispute,
} from "../../../lib/disputes/mod.ts";
import {
  acceptApplication,
  acceptInvitation,
  applyToGuild,
  createGuild,
  declineInvitation,
  endGuild,
  inviteToGuild,
  joinGuild,
  registerGuildJobs,
  rejectApplication,
  removeMember,
  revokeInvitation,
  setRole,
  updateGuild,
  withdrawApplication,
} from "../../../lib/guilds/mod.ts";
import { commit, keys } from "../../../lib/kv/mod.ts";
import {
  archiveNotification,
  asks,
  deleteNotification,
  getDeliveryStory,
  getNotification,
  getNotifications,
  getUnreadCount,
  markAllNotificationsRead,
  NotificationPreferences,
  type NotificationType,
  notifyJob,
  restoreNotification,
  sendNotification,
  setPreferences,
  settleAsk,
  snoozeNotification,
  visitPage,
} from "../../../lib/notifications/mod.ts";
import { CATALOGUE } from "../../../lib/notifications/catalogue.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { PushService } from "../../support/push_service.ts";
import { WORK } from "../bounties/stage.ts";
import { addSubscription } from "../../../lib/notifications/mod.ts";
import { type DeliveryWorld, openDelivery } from "./delivery_support.ts";

const admin = { id: "root", role: "admin" as const };
const person = (id: string) => ({ id, role: "member" as const });

/** A guild of Ada's with the officer Bob; Carl is a client outside. */
const open = (given: Parameters<typeof openDelivery>[0] = {}) =>
  openDelivery({
    ...given,
    register(deps) {
      registerDisputeJobs(deps.queue, deps);
      registerGuildJobs(deps.queue, deps);
    },
  });

async function world(deps: DeliveryWorld) {
  const old = { createdAt: deps.now() - 60 * DAY, lastActiveAt: deps.now() };
  const [ada, bob, carl] = [
    await deps.addUser("ada", old),
    await deps.addUser("bob", old),
    await deps.addUser("carl", old),
  ];
  const guild = await createGuild(deps, ada, {
    name: "Lantern",
    description: "",
    open: true,
  });
  await joinGuild(deps, guild.id, bob);
  await setRole(deps, ada, guild.id, "bob", "officer");
  await updateGuild(deps, ada, guild.id, { open: false });
  await deps.run();
  for (const id of ["ada", "bob", "carl"]) {
    await markAllNotificationsRead(deps, id);
  }
  return { ada, bob, carl, guild };
}
type World = Awaited<ReturnType<typeof world>>;

async function posted(deps: DeliveryWorld, { carl }: World) {
  return await postBounty(deps, carl, {
    ...WORK,
    deadline: deps.now() + 5 * DAY,
    open: true,
  });
}

async function matched(deps: DeliveryWorld, world: World) {
  const { id } = await posted(deps, world);
  // As the matchmaker tells it.
  await deps.queue.enqueue(notifyJob({
    userIds: ["ada", "bob"],
    type: "bounty_matched",
    data: { bountyId: id, bountyTitle: WORK.title },
    key: `bounty-match:${id}`,
    ask: asks.takeBounty(id),
  }));
  return id;
}

async function handedIn(deps: DeliveryWorld, world: World) {
  const { id } = await posted(deps, world);
  await acceptBounty(deps, world.ada, id, world.guild.id);
  await submitBounty(deps, world.ada, id, { note: "Done", url: null });
  return id;
}

async function sentBack(deps: DeliveryWorld, world: World) {
  const id = await handedIn(deps, world);
  await reviewBounty(deps, world.carl, id, {
    outcome: "changes",
    rating: null,
    note: "The footer is missing",
  });
  return id;
}

async function disputed(deps: DeliveryWorld, world: World, crowd = 0) {
  for (let i = 0; i < crowd; i++) {
    await deps.addUser(`juror-${i}`, {
      createdAt: deps.now() - 60 * DAY,
      lastActiveAt: deps.now(),
    });
  }
  const { id } = await posted(deps, world);
  await acceptBounty(deps, world.ada, id, world.guild.id);
  const reason = "Nothing has come of it for two weeks";
  return (await raiseDispute(deps, world.carl, id, reason)).id;
}

async function voting(deps: DeliveryWorld, world: World) {
  const id = await disputed(deps, world, 12);
  await escalateDispute(deps, admin, id);
  return id;
}

async function mediated(deps: DeliveryWorld, world: World) {
  await deps.addUser("root", { role: "admin" });
  await deps.addUser("rita", { role: "admin" });
  const id = await disputed(deps, world);
  await escalateDispute(deps, admin, id);
  return id;
}

const applied = (deps: DeliveryWorld, { guild, carl }: World) =>
  applyToGuild(deps, guild.id, carl, "Let me in");
const invited = (deps: DeliveryWorld, { guild, ada, carl }: World) =>
  inviteToGuild(deps, ada, guild.id, carl, "Come");

/** What is asked, and each way in which that ends: who sees it how afterwards. */
interface Case {
  type: NotificationType;
  /** Asks; returns what the thing is called in `settle`. */
  // deno-lint-ignore no-explicit-any
  ask: (deps: DeliveryWorld, world: World) => Promise<any>;
  ends: Record<
    string,
    {
      // deno-lint-ignore no-explicit-any
      settle: (deps: DeliveryWorld, world: World, it: any) => Promise<unknown>;
      /** Outcome by person; `juror` is the first one drawn. */
      seen: Record<string, string>;
      /** Who is asked as before. */
      open?: string[];
    }
  >;
}

const CASES: Case[] = [{
  type: "bounty_matched",
  ask: matched,
  ends: {
    "a guild takes it on": {
      settle: (deps, { ada, guild }, id) =>
        acceptBounty(deps, ada, id, guild.id),
      seen: { ada: "You took it on", bob: "Taken on by a guild" },
    },
    "its client cancels it": {
      settle: (deps, { carl }, id) => cancelBounty(deps, carl, id),
      seen: { ada: "Cancelled", bob: "Cancelled" },
    },
    "its deadline passes": {
      settle: (deps, _, id) => {
        deps.clock.advance(5 * DAY);
        return expireBounty(deps, id);
      },
      seen: { ada: "Expired" },
    },
  },
}, {
  type: "bounty_submitted",
  ask: handedIn,
  ends: {
    "it is accepted": {
      settle: (deps, { carl }, id) =>
        reviewBounty(deps, carl, id, {
          outcome: "accepted",
          rating: 5,
          note: "",
        }),
      seen: { carl: "You reviewed it" },
    },
    "changes are asked for": {
      settle: (deps, { carl }, id) =>
        reviewBounty(deps, carl, id, {
          outcome: "changes",
          rating: null,
          note: "The footer is missing",
        }),
      seen: { carl: "You reviewed it" },
    },
    "an admin decides the dispute about it": {
      settle: async (deps, { carl }, id) => {
        const dispute = await raiseDispute(deps, carl, id, "It is not mine");
        await escalateDispute(deps, admin, dispute.id);
        await decideDispute(deps, admin, dispute.id, {
          forId: "ada",
          note: "The work was done as agreed",
          frivolous: false,
        });
      },
      seen: { carl: "Decided" },
    },
  },
}, {
  type: "bounty_reviewed",
  ask: sentBack,
  ends: {
    "it is handed in again": {
      settle: (deps, { ada }, id) =>
        submitBounty(deps, ada, id, { note: "Now", url: null }),
      seen: { ada: "You handed it in again", bob: "Handed in again" },
    },
    "its client cancels it": {
      settle: (deps, { carl }, id) => cancelBounty(deps, carl, id),
      seen: { ada: "Cancelled", bob: "Cancelled" },
    },
  },
}, {
  type: "guild_applied",
  ask: applied,
  ends: {
    "an officer accepts": {
      settle: (deps, { bob, guild }) =>
        acceptApplication(deps, bob, guild.id, "carl"),
      seen: { bob: "You accepted", ada: "Accepted" },
    },
    "an officer declines": {
      settle: (deps, { ada, guild }) =>
        rejectApplication(deps, ada, guild.id, "carl", "We are full"),
      seen: { ada: "You declined", bob: "Declined" },
    },
    "it is withdrawn": {
      settle: (deps, { guild }) => withdrawApplication(deps, guild.id, "carl"),
      seen: { ada: "Withdrawn", bob: "Withdrawn" },
    },
    "the applicant comes in by the open door": {
      settle: async (deps, { ada, guild, carl }) => {
        await updateGuild(deps, ada, guild.id, { open: true });
        await joinGuild(deps, guild.id, carl);
      },
      seen: { ada: "Accepted", bob: "Accepted" },
    },
    "one of them is no officer any more": {
      settle: (deps, { ada, guild }) =>
        setRole(deps, ada, guild.id, "bob", "member"),
      seen: { bob: "No longer open" },
      open: ["ada"],
    },
    "one of them is put out": {
      settle: (deps, { ada, guild }) =>
        removeMember(deps, ada, guild.id, "bob"),
      seen: { bob: "No longer open" },
      open: ["ada"],
    },
    "the guild ends": {
      settle: (deps, { ada, guild }) =>
        endGuild(deps, ada, guild.id, guild.name),
      seen: { ada: "No longer open", bob: "No longer open" },
    },
  },
}, {
  type: "guild_invite",
  ask: invited,
  ends: {
    "it is accepted": {
      settle: (deps, { guild, carl }) => acceptInvitation(deps, guild.id, carl),
      seen: { carl: "You accepted" },
    },
    "it is declined": {
      settle: (deps, { guild }) => declineInvitation(deps, guild.id, "carl"),
      seen: { carl: "You declined" },
    },
    "it is revoked": {
      settle: (deps, { ada, guild }) =>
        revokeInvitation(deps, ada, guild.id, "carl"),
      seen: { carl: "Taken back" },
    },
    "who is invited comes in by the open door": {
      settle: async (deps, { ada, guild, carl }) => {
        await updateGuild(deps, ada, guild.id, { open: true });
        await joinGuild(deps, guild.id, carl);
      },
      seen: { carl: "You accepted" },
    },
    "the guild ends": {
      settle: (deps, { ada, guild }) =>
        endGuild(deps, ada, guild.id, guild.name),
      seen: { carl: "No longer open" },
    },
  },
}, {
  type: "dispute_raised",
  ask: disputed,
  ends: {
    "the accused gives evidence": {
      settle: (deps, { ada }, id) =>
        addEvidence(deps, ada, id, { text: "See the log", links: [] }),
      seen: { ada: "You gave your side" },
      open: ["bob"],
    },
    "it is withdrawn": {
      settle: (deps, { carl }, id) => withdrawDispute(deps, carl, id),
      seen: { ada: "Withdrawn", bob: "Withdrawn" },
    },
  },
}, {
  type: "dispute_mediation",
  ask: mediated,
  ends: {
    "an admin decides": {
      settle: (deps, _, id) =>
        decideDispute(deps, admin, id, {
          forId: "ada",
          note: "The work was done as agreed",
          frivolous: false,
        }),
      seen: { root: "You decided", rita: "Decided" },
    },
    "it is withdrawn": {
      settle: (deps, { carl }, id) => withdrawDispute(deps, carl, id),
      seen: { root: "Withdrawn", rita: "Withdrawn" },
    },
  },
}, {
  type: "tribunal_vote_needed",
  ask: voting,
  ends: {
    "a juror votes": {
      settle: async (deps, _, id) => {
        const { jurorIds } = (await getDispute(deps.kv, id))!;
        await castVote(deps, person(jurorIds[0]!), id, "ada");
      },
      seen: { "juror 0": "You voted" },
      open: ["juror 1"],
    },
    "it is withdrawn": {
      settle: (deps, { carl }, id) => withdrawDispute(deps, carl, id),
      seen: { "juror 0": "Withdrawn", "juror 1": "Withdrawn" },
    },
  },
}];

Deno.test("every type that offers to do something, or runs out, is in the table", () => {
  const asking = Object.entries(CATALOGUE).filter((
    [, { actions, expiresAt }],
  ) => actions || expiresAt).map(([type]) => type);
  // What asks for an answer in a room is read with the room: tests/unit/messages/notified_test.ts.
  const rooms = ["message_mention", "direct_message"];
  assertEquals(
    [...CASES.map(({ type }) => type), ...rooms].sort(),
    // Changes that are asked for are done where the bounty is.
    [...asking, "bounty_reviewed"].sort(),
  );
});

/** Ids of people, jurors by their place in the draw. */
async function resolve(deps: DeliveryWorld, who: string, it: unknown) {
  const place = /^juror (\d)$/.exec(who);
  if (!place) return who;
  return (await getDispute(deps.kv, it as string))!.jurorIds[+place[1]!]!;
}

async function noteOf(deps: DeliveryWorld, id: string, type: string) {
  const owner = { id, locale: "en", timeZone: "UTC" };
  const all = (await Promise.all(
    (["all", "archived"] as const).map((filter) =>
      getNotifications(deps, owner, { filter })
    ),
  )).flatMap(({ notifications }) => notifications);
  const note = all.find((one) => one.type === type);
  assert(note, `${id} was told of ${type}`);
  return { owner, note };
}

for (const { type, ask, ends } of CASES) {
  for (
    const [end, { settle, seen, open: asked = [] }] of Object.entries(ends)
  ) {
    Deno.test(`${type}: ${end}`, async () => {
      await using deps = await open();
      const there = await world(deps);
      const it = await ask(deps, there);
      await deps.run();
      const people = new Map<string, string>();
      for (const who of [...Object.keys(seen), ...asked]) {
        people.set(who, await resolve(deps, who, it));
      }
      for (const id of people.values()) {
        const { note } = await noteOf(deps, id, type);
        assertEquals([note.read, note.outcome], [false, null]);
      }
      await settle(deps, there, it);
      await deps.run();
      for (const [who, outcome] of Object.entries(seen)) {
        const id = people.get(who)!;
        const { owner, note } = await noteOf(deps, id, type);
        // The rest of what they were told meanwhile is not this one's.
        assertEquals(
          [note.outcome ?? (note.expired ? "Expired" : null), note.read],
          [outcome, true],
          who,
        );
        assertEquals(note.actions, [], who);
        const unread = await getNotifications(deps, owner, {
          filter: "unread",
        });
        assertEquals(unread.unread, unread.notifications.length, who);
        assert(!unread.notifications.some(({ id }) => id === note.id), who);
      }
      for (const who of asked) {
        const { note } = await noteOf(deps, people.get(who)!, type);
        assertEquals([note.read, note.outcome], [false, null], who);
      }
      // Five minutes after it was told, who has answered is not mailed; nobody is pushed.
      deps.clock.advance(6 * MINUTE);
      await deps.run();
      for (const who of Object.keys(seen)) {
        const id = people.get(who)!;
        const { owner, note } = await noteOf(deps, id, type);
        assertEquals(
          deps.mails.filter(({ to, subject }) =>
            to.includes(`${id}@`) && subject === note.title
          ),
          [],
          `${who} is not mailed`,
        );
        const { delivery } = await getDeliveryStory(deps, owner, note.id);
        for (const channel of ["push", "email"] as const) {
          if (delivery!.decision[channel].verdict === "never") continue;
          const said = delivery!.attempts.filter((a) => a.channel === channel);
          assertEquals(said.map((a) => a.outcome), ["skipped"], who);
          assert(
            /answered|no longer open|expired/.test(said[0]!.detail),
            said[0]!.detail,
          );
        }
      }
    });
  }
}

Deno.test("what is told after it was settled comes read, and nobody is called for it", async () => {
  await using deps = await open();
  const { guild, ada, carl } = await world(deps);
  // Nobody has run the job that tells Carl when Ada takes it back.
  await inviteToGuild(deps, ada, guild.id, carl, "Come");
  await revokeInvitation(deps, ada, guild.id, "carl");
  await deps.run();
  const late = await noteOf(deps, "carl", "guild_invite");
  assertEquals([late.note.read, late.note.outcome, late.note.actions], [
    true,
    "Taken back",
    [],
  ]);
  assertEquals((await getUnreadCount(deps, "carl")).unread, 0);
  const { delivery } = await getDeliveryStory(deps, carl, late.note.id);
  assertEquals(delivery!.decision.email.reasons.at(-1)!.rule, "settled");
  const told = (await deps.events(userChannel("carl"))).at(-1)!;
  assertEquals((told.json as { quiet: boolean }).quiet, true);
  // A second invitation is another question.
  await inviteToGuild(deps, ada, guild.id, carl, "Please");
  await deps.run();
  const { note } = await noteOf(deps, "carl", "guild_invite");
  assertEquals([note.read, note.outcome], [false, null]);
});

Deno.test("work that is handed in again asks again, though the first time is settled late", async () => {
  await using deps = await open();
  const there = await world(deps);
  const id = await handedIn(deps, there);
  await deps.run();
  deps.clock.advance(HOUR);
  await reviewBounty(deps, there.carl, id, {
    outcome: "changes",
    rating: null,
    note: "The footer is missing",
  });
  deps.clock.advance(HOUR);
  await submitBounty(deps, there.ada, id, { note: "Now", url: null });
  await deps.run();
  const { notifications } = await getNotifications(deps, there.carl, {});
  assertEquals(
    notifications.filter(({ type }) => type === "bounty_submitted")
      .map(({ read, outcome }) => [read, outcome]),
    [[false, null], [true, "You reviewed it"]],
  );
});

Deno.test("settled wherever it lies: put off, archived, deleted and taken back", async () => {
  await using deps = await open();
  const there = await world(deps);
  const { ada, guild } = there;
  for (const away of ["snoozed", "archived", "deleted"] as const) {
    const who = await deps.addUser(`by-${away}`);
    await applyToGuild(deps, guild.id, who, "Let me in");
    await deps.run();
    const { note } = await noteOf(deps, "ada", "guild_applied");
    if (away === "snoozed") {
      await snoozeNotification(deps, "ada", note.id, deps.now() + DAY);
    } else if (away === "archived") {
      await archiveNotification(deps, "ada", note.id);
    } else await deleteNotification(deps, "ada", note.id);
    const before = await getUnreadCount(deps, "ada");
    await withdrawApplication(deps, guild.id, who.id);
    await deps.run();
    const after = await getUnreadCount(deps, "ada");
    assertEquals(
      [after.unread, after.unseen],
      [before.unread, before.unseen],
      away,
    );
    if (away === "deleted") {
      assertEquals(await getNotification(deps, ada, note.id), null);
      await restoreNotification(deps, "ada", note.id);
    }
    const now = await getNotification(deps, ada, note.id);
    assertEquals(
      [now!.read, now!.outcome, now!.archived, now!.snoozedUntil],
      [true, "Withdrawn", away === "archived", null],
      away,
    );
    // Snoozed, it would come back tomorrow, unread and on top.
    deps.clock.advance(2 * DAY);
    await deps.run();
    assertEquals((await getUnreadCount(deps, "ada")).unread, 0, away);
    await archiveNotification(deps, "ada", note.id);
  }
});

Deno.test("a digest and the push after quiet hours leave out what is settled", async () => {
  await using push = new PushService();
  await using deps = await open({ push: push.fetch });
  const there = await world(deps);
  const { guild } = there;
  const here = { userAgent: "Test", production: true };
  await addSubscription(deps, "ada", push.subscription(), here);
  await setPreferences(
    deps,
    "ada",
    NotificationPreferences.parse({
      email: { every: "day", at: 18 },
      quietHours: { from: "00:00", to: "23:00", days: [0, 1, 2, 3, 4, 5, 6] },
    }),
  );
  await applyToGuild(deps, guild.id, there.carl, "Let me in");
  const dora = await deps.addUser("dora");
  await applyToGuild(deps, guild.id, dora, "Me too");
  await deps.run();
  await withdrawApplication(deps, guild.id, "carl");
  await deps.run();
  deps.clock.advance(DAY);
  await deps.run();
  const mine = deps.mails.filter(({ to }) => to.includes("ada@"));
  assertEquals(mine.map(({ subject }) => subject), ["dora applies to Lantern"]);
  assertEquals(push.pushed.map(({ data }) => data.title), [
    "📝 dora applies to Lantern",
  ]);
});

Deno.test("opening its page reads it, and leaves open what it asks", async () => {
  await using deps = await open();
  const there = await world(deps);
  const { guild } = there;
  const id = await handedIn(deps, there);
  await applied(deps, { ...there, carl: await deps.addUser("dora") });
  await deps.run();
  await visitPage(deps, "carl", `/bounties/other`);
  // That it was accepted, and that it was handed in.
  assertEquals((await getUnreadCount(deps, "carl")).unread, 2);
  await visitPage(deps, "carl", `/bounties/${id}`);
  assertEquals((await getUnreadCount(deps, "carl")).unread, 0);
  const { note } = await noteOf(deps, "carl", "bounty_submitted");
  assertEquals([note.read, note.outcome, note.actions.length], [true, null, 1]);
  // Where the applications are, not where the guild talks.
  await visitPage(deps, "ada", `/guilds/${guild.id}`);
  assertEquals((await noteOf(deps, "ada", "guild_applied")).note.read, false);
  await visitPage(deps, "ada", `/guilds/${guild.id}/settings`);
  assertEquals((await noteOf(deps, "ada", "guild_applied")).note.read, true);
  // Everything read at once leaves rows in the index that nothing comes of.
  await sendNotification(deps, {
    userId: "ada",
    type: "guild_promoted",
    data: { guildId: guild.id, guildName: "Lantern", role: "officer" },
  });
  await markAllNotificationsRead(deps, "ada");
  const before = await deps.events(userChannel("ada"));
  await visitPage(deps, "ada", `/guilds/${guild.id}`);
  assertEquals(await deps.events(userChannel("ada")), before);
  const rows = await Array.fromAsync(deps.kv.list({
    prefix: keys.notificationsAbout("ada", `/guilds/${guild.id}`),
  }));
  assertEquals(rows, []);
});

Deno.test("settled while it is being told: whichever comes first, nobody is left asked", async () => {
  await using deps = await open();
  await world(deps);
  for (let round = 0; round < 30; round++) {
    const ask = asks.answerInvitation(`i${round}`);
    const settled = settleAsk(
      { ask, outcome: "revoked", byId: "ada" },
      deps.now(),
    );
    const jobs = deps.queue.plan(settled.jobs);
    const settle = async () => {
      await commit(deps.kv, {
        checks: jobs.checks,
        mutations: [...settled.mutations, ...jobs.mutations],
      });
      deps.queue.ring();
    };
    await Promise.all([
      sendNotification(deps, {
        userId: "carl",
        type: "guild_invite",
        data: {
          guildId: "g",
          guildName: "G",
          inviterId: "ada",
          inviterName: "Ada",
          invitationId: `i${round}`,
        },
        ask,
      }),
      settle(),
    ]);
    await deps.run();
    const { unread } = await getUnreadCount(deps, "carl");
    assertEquals(unread, 0, `round ${round}`);
  }
});
