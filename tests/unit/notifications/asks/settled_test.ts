/** What is settled late, twice, at the same time, or out of sight. */
import { assertEquals } from "@std/assert";
import { reviewBounty, submitBounty } from "../../../../lib/bounties/mod.ts";
import { DAY, HOUR } from "../../../../lib/clock.ts";
import {
  applyToGuild,
  inviteToGuild,
  revokeInvitation,
  withdrawApplication,
} from "../../../../lib/guilds/mod.ts";
import { commit, keys } from "../../../../lib/kv/mod.ts";
import {
  addSubscription,
  archiveNotification,
  asks,
  deleteNotification,
  getDeliveryStory,
  getNotification,
  getNotifications,
  getUnreadCount,
  markAllNotificationsRead,
  NotificationPreferences,
  restoreNotification,
  sendNotification,
  setPreferences,
  settleAsk,
  snoozeNotification,
  visitPage,
} from "../../../../lib/notifications/mod.ts";
import { userChannel } from "../../../../lib/realtime/mod.ts";
import { PushService } from "../../../support/push_service.ts";
import { noteOf, open, openWorld } from "./world.ts";
import { handedIn } from "./bounties.ts";
import { applied } from "./guilds.ts";

Deno.test("what is told after it was settled comes read, and nobody is called for it", async () => {
  await using deps = await open();
  const { guild, ada, carl } = await openWorld(deps);
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
  const there = await openWorld(deps);
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
  const there = await openWorld(deps);
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
  const there = await openWorld(deps);
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
  const there = await openWorld(deps);
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
  await openWorld(deps);
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
