/** Seen, read, archived, deleted, snoozed, grown: each state and the way back. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  archiveNotification,
  deleteNotification,
  getNotification,
  getNotifications,
  getUnreadCount,
  listWithheld,
  markAllNotificationsRead,
  markAllNotificationsSeen,
  markNotificationRead,
  markNotificationSeen,
  type NotificationNew,
  NotificationPreferences,
  restoreNotification,
  sendNotification,
  setPreferences,
  snoozeNotification,
} from "../../../lib/notifications/mod.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { type TestDeps } from "../../support/open_deps.ts";
import { accepted } from "./delivery_support.ts";
import { counts, world } from "./inbox_support.ts";

const titles = async (
  deps: TestDeps,
  filter: "all" | "unread" | "archived" | "snoozed" = "all",
) =>
  (await getNotifications(deps, { id: "ada", locale: "en", timeZone: "UTC" }, {
    filter,
  })).notifications.map((n) => n.body.split(" ")[1]);

Deno.test("seen is less than read, and reading is seeing", async () => {
  const { deps: opened, send } = await world();
  await using deps = opened;
  const [one, two] = [await send(1), await send(2)];
  await send(3);
  assertEquals(await counts(deps), [3, 3]);
  await markNotificationSeen(deps, "ada", one);
  assertEquals(await counts(deps), [3, 2]);
  await markNotificationRead(deps, "ada", two);
  assertEquals(await counts(deps), [2, 1]);
  await markAllNotificationsSeen(deps, "ada");
  assertEquals(await counts(deps), [2, 0]);
  await send(4);
  assertEquals(await counts(deps), [3, 1]);
  await markAllNotificationsRead(deps, "ada");
  assertEquals(await counts(deps), [0, 0]);
  await markNotificationRead(deps, "ada", two, false);
  assertEquals(await counts(deps), [1, 0], "what was seen stays seen");
});

Deno.test("archiving and deleting can be taken back, as it was", async () => {
  const { deps: opened, ada, send } = await world();
  await using deps = opened;
  const one = await send(1);
  await archiveNotification(deps, "ada", one);
  assertEquals(await counts(deps), [0, 0]);
  await deleteNotification(deps, "ada", one);
  assertEquals(await getNotification(deps, ada, one), null);
  assertEquals(await titles(deps, "archived"), []);
  await restoreNotification(deps, "ada", one);
  assertEquals(await titles(deps, "archived"), ["1"]);
  await archiveNotification(deps, "ada", one, false);
  assertEquals([await counts(deps), await titles(deps)], [[1, 1], ["1"]]);
  await deleteNotification(deps, "ada", one);
  deps.clock.advance(7 * DAY);
  const error = await assertRejects(
    () => restoreNotification(deps, "ada", one),
    NexoraError,
  );
  assertEquals(error.code, "not_found");
});

Deno.test("a snoozed one comes back on top, unread", async () => {
  const { deps: opened, send } = await world();
  await using deps = opened;
  const one = await send(1);
  await send(2);
  await markNotificationRead(deps, "ada", one);
  await snoozeNotification(deps, "ada", one, deps.now() + HOUR);
  assertEquals(await titles(deps), ["2"]);
  assertEquals(await titles(deps, "snoozed"), ["1"]);
  assertEquals(await counts(deps), [1, 1]);
  deps.clock.advance(HOUR);
  await deps.queue.drain(5_000);
  assertEquals(await titles(deps), ["1", "2"]);
  assertEquals(await titles(deps, "unread"), ["1", "2"]);
  assertEquals(await counts(deps), [2, 2]);
  const last = (await deps.events(userChannel("ada"))).at(-1)!;
  assertEquals(last.event, "notification:new");
  const { notification } = last.json as NotificationNew;
  assert(notification.place > notification.id);
  // It is found by the id that it always had, wherever it goes from there.
  await archiveNotification(deps, "ada", one);
  await archiveNotification(deps, "ada", one, false);
  assertEquals(await titles(deps), ["1", "2"]);
  for (const until of [deps.now(), deps.now() + 400 * DAY]) {
    const error = await assertRejects(
      async () => await snoozeNotification(deps, "ada", one, until),
      NexoraError,
    );
    assertEquals(error.code, "bad_request");
  }
});

Deno.test("a snooze that was changed or undone wakes nothing", async () => {
  const { deps: opened, send } = await world();
  await using deps = opened;
  const one = await send(1);
  await snoozeNotification(deps, "ada", one, deps.now() + HOUR);
  await snoozeNotification(deps, "ada", one, deps.now() + 2 * HOUR);
  deps.clock.advance(HOUR);
  await deps.queue.drain(5_000);
  assertEquals(await titles(deps), []);
  await snoozeNotification(deps, "ada", one, null);
  assertEquals(await titles(deps), ["1"]);
  const { revision } = await getUnreadCount(deps, "ada");
  deps.clock.advance(2 * HOUR);
  await deps.queue.drain(5_000);
  assertEquals((await getUnreadCount(deps, "ada")).revision, revision);
});

Deno.test("people who join within the window are one notification that grows, and each once", async () => {
  const { deps: opened, ada } = await world();
  await using deps = opened;
  const join = (n: number) =>
    sendNotification(deps, {
      userId: "ada",
      key: `join:${n}:${deps.now()}`,
      type: "guild_member_joined",
      data: {
        guildId: "g",
        guildName: "Lantern",
        userId: `u${n}`,
        userHandle: `user-${n}`,
        userName: `User ${n}`,
      },
    });
  const first = await join(1);
  const other = await sendNotification(deps, {
    userId: "ada",
    ...accepted("between"),
  });
  for (const n of [2, 3, 2, 4, 5]) {
    deps.clock.advance(MINUTE);
    const sent = await join(n);
    assertEquals(sent.notification!.id, first.notification!.id);
  }
  const { notifications, unread, unseen } = await getNotifications(deps, ada);
  assertEquals([unread, unseen], [2, 2]);
  assertEquals(notifications.map((n) => [n.id, n.title, n.body]), [
    [
      first.notification!.id,
      "5 people joined Lantern",
      "User 5 and 4 others.",
    ],
    [
      other.notification!.id,
      other.notification!.title,
      other.notification!.body,
    ],
  ]);
  const events = await deps.events(userChannel("ada"));
  assertEquals(
    events.map((e) => (e.json as NotificationNew).quiet ?? false),
    [false, false, true, true, true, true, true],
  );
  // Once it was read, or its window is over, a new one begins.
  await markNotificationRead(deps, "ada", first.notification!.id);
  const second = await join(6);
  assert(second.notification!.id !== first.notification!.id);
  deps.clock.advance(DAY);
  const third = await join(7);
  assert(third.notification!.id !== second.notification!.id);
});

Deno.test("what is switched off in the app goes to the archive without a sound, or nowhere at all", async () => {
  const { deps: opened, ada } = await world();
  await using deps = opened;
  await setPreferences(
    deps,
    "ada",
    NotificationPreferences.parse({
      types: {
        bounty_accepted: { inApp: false },
        guild_promoted: { inApp: false, push: false },
      },
    }),
  );
  const mailed = await sendNotification(deps, { userId: "ada", ...accepted() });
  assertEquals(mailed.notification!.archived, true);
  assertEquals(await counts(deps), [0, 0]);
  const [event] = await deps.events(userChannel("ada"));
  assertEquals((event!.json as NotificationNew).quiet, true);
  const nothing = {
    userId: "ada",
    key: "k",
    type: "guild_promoted" as const,
    data: { guildId: "g", guildName: "Lantern", role: "officer" as const },
  };
  const first = await sendNotification(deps, nothing);
  const again = await sendNotification(deps, nothing);
  assertEquals([first.notification, first.repeated], [null, false]);
  assertEquals([again.notification, again.repeated], [null, true]);
  assertEquals((await deps.events(userChannel("ada"))).length, 1);
  const [withheld] = await listWithheld(deps, ada);
  assertEquals(withheld!.notification.type, "guild_promoted");
  assertEquals(withheld!.decision.inApp.reasons.at(-1), {
    rule: "set_off",
    setting: "types.guild_promoted.inApp",
  });
  deps.clock.advance(15 * DAY);
  assertEquals(await listWithheld(deps, ada), []);
});
