import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  archiveNotification,
  deleteNotification,
  getNotification,
  getNotifications,
  getUnreadCount,
  type InboxState,
  listWithheld,
  markAllNotificationsRead,
  markAllNotificationsSeen,
  markNotificationRead,
  markNotificationSeen,
  type NotificationNew,
  NotificationPreferences,
  registerNotificationJobs,
  restoreNotification,
  sendNotification,
  setPreferences,
  snoozeNotification,
} from "../../../lib/notifications/mod.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { openDeps, type TestDeps } from "../users/open_deps.ts";
import { accepted } from "./delivery_support.ts";

async function world() {
  const deps = await openDeps();
  registerNotificationJobs(deps.queue, deps);
  deps.queue.start();
  const ada = await deps.addUser("ada");
  const send = async (n: number | string) =>
    (await sendNotification(deps, { userId: "ada", ...accepted(n) }))
      .notification!.id;
  return { deps, ada, send };
}

const counts = async (deps: TestDeps) => {
  const { unread, unseen } = await getUnreadCount(deps, "ada");
  return [unread, unseen];
};
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

const vote = (n: number, deadline: number) => ({
  type: "tribunal_vote_needed" as const,
  data: { disputeId: `d${n}`, bountyTitle: `Icons ${n}`, deadline },
});

Deno.test("what has expired counts no more from that moment on, before any job has run", async () => {
  const { deps: opened, ada } = await world();
  await using deps = opened;
  await deps.queue.stop();
  const soon = deps.now() + HOUR;
  const ids: string[] = [];
  for (const [n, deadline] of [[1, soon], [2, soon], [3, soon + HOUR]]) {
    const { notification } = await sendNotification(deps, {
      userId: "ada",
      ...vote(n!, deadline!),
    });
    ids.push(notification!.id);
  }
  assertEquals(await counts(deps), [3, 3]);
  deps.clock.advance(HOUR - 1);
  assertEquals(await counts(deps), [3, 3]);
  deps.clock.advance(1);
  assertEquals(await counts(deps), [1, 1]);
  const expired = await getNotification(deps, ada, ids[0]!);
  assertEquals([expired!.expired, expired!.archived, expired!.actions], [
    true,
    true,
    [],
  ]);
  const told = (await deps.events(userChannel("ada"))).map((e) => e.json) as (
    & InboxState
    & { reason?: string }
  )[];
  assertEquals(told.slice(3).map((t) => [t.reason, t.unread]), [
    ["expired", 2],
    ["expired", 1],
  ]);
  // It may be looked at again; it does not expire a second time.
  await archiveNotification(deps, "ada", ids[0]!, false);
  assertEquals(await counts(deps), [2, 2]);
  deps.clock.advance(HOUR);
  assertEquals(await counts(deps), [1, 1]);
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

Deno.test("whatever several tabs do at once, both counts and all lists are exact", async () => {
  const WHAT = [
    "send",
    "grow",
    "read",
    "unread",
    "seen",
    "archive",
    "unarchive",
    "delete",
    "restore",
    "snooze",
    "wake",
    "readAll",
    "seenAll",
    "later",
  ] as const;
  const operation = fc.record({
    tab: fc.integer({ min: 0, max: 1 }),
    what: fc.constantFrom(...WHAT),
    which: fc.nat({ max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(operation, { minLength: 1, maxLength: 8 }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (rounds) => {
        const { deps: opened, ada, send } = await world();
        await using deps = opened;
        await using other = await deps.fork();
        const ids: string[] = [];
        for (let n = 0; n < 4; n++) ids.push(await send(n));
        for (const n of [4, 5]) {
          ids.push(
            (await sendNotification(deps, {
              userId: "ada",
              ...vote(n, deps.now() + n * HOUR),
            })).notification!.id,
          );
        }
        const act = (at: TestDeps, what: typeof WHAT[number], id: string) => {
          switch (what) {
            case "send":
              return sendNotification(at, { userId: "ada", ...accepted("x") });
            case "grow":
              return sendNotification(at, {
                userId: "ada",
                type: "direct_message",
                data: {
                  channel: "dm-ada-bob",
                  messageId: "m",
                  authorId: "bob",
                  authorHandle: "bob",
                  authorName: "Bob",
                  excerpt: "Hi",
                },
              });
            case "read":
              return markNotificationRead(at, "ada", id);
            case "unread":
              return markNotificationRead(at, "ada", id, false);
            case "seen":
              return markNotificationSeen(at, "ada", id);
            case "archive":
              return archiveNotification(at, "ada", id);
            case "unarchive":
              return archiveNotification(at, "ada", id, false);
            case "delete":
              return deleteNotification(at, "ada", id);
            case "restore":
              return restoreNotification(at, "ada", id);
            case "snooze":
              return snoozeNotification(at, "ada", id, deps.now() + HOUR);
            case "wake":
              return snoozeNotification(at, "ada", id, null);
            case "readAll":
              return markAllNotificationsRead(at, "ada");
            case "seenAll":
              return markAllNotificationsSeen(at, "ada");
            case "later":
              deps.clock.advance(40 * MINUTE);
              return Promise.resolve(null);
          }
        };
        for (const round of rounds) {
          await Promise.all(
            round.map(({ tab, what, which }) =>
              act(tab ? other : deps, what, ids[which]!).catch((error) => {
                if (
                  !(error instanceof NexoraError && error.code === "not_found")
                ) {
                  throw error;
                }
              })
            ),
          );
          await deps.queue.drain(5_000);
        }
        const state = await getUnreadCount(deps, "ada");
        const list = async (
          filter: "all" | "unread" | "archived" | "snoozed",
        ) =>
          (await getNotifications(deps, ada, { filter, limit: 100 }))
            .notifications;
        const all = await list("all");
        assertEquals(
          [state.unread, state.unseen],
          [
            all.filter((n) => !n.read).length,
            all.filter((n) => !n.seen).length,
          ],
        );
        assertEquals(
          (await list("unread")).map((n) => n.id),
          all.filter((n) => !n.read).map((n) => n.id),
          "the index of the unread agrees with the notifications",
        );
        assertEquals(
          all.map((n) => n.place),
          all.map((n) => n.place).toSorted().reverse(),
        );
        const [archived, snoozed] = [
          await list("archived"),
          await list("snoozed"),
        ];
        const everywhere = [...all, ...archived, ...snoozed].map((n) => n.id);
        assertEquals(new Set(everywhere).size, everywhere.length);
        assert(all.every((n) => !n.archived && !n.snoozedUntil && !n.deleted));
        assert(all.every((n) => !n.expiresAt || n.expiresAt > deps.now()));
        assert(archived.every((n) => n.archived));
        assert(snoozed.every((n) => n.snoozedUntil! > deps.now()));
        for (const id of everywhere) {
          assert(await getNotification(deps, ada, id), "found by its id");
        }
        const told = (await deps.events(userChannel("ada"))).map((e) =>
          e.json as InboxState
        );
        assertEquals(told.map((t) => t.revision), told.map((_, i) => i + 1));
        const { unread, unseen, revision } = told.at(-1)!;
        assertEquals({ unread, unseen, revision }, state);
      },
    ),
    { numRuns: 40 },
  );
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

Deno.test("what comes late is expired from the start", async () => {
  const { deps: opened } = await world();
  await using deps = opened;
  const sent = await sendNotification(deps, {
    userId: "ada",
    ...vote(1, deps.now()),
  });
  assertEquals([sent.unread, sent.notification!.expired], [0, true]);
});
