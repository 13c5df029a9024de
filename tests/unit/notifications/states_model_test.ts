/** All states, from several tabs at once. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  archiveNotification,
  deleteNotification,
  getNotification,
  getNotifications,
  getUnreadCount,
  type InboxState,
  markAllNotificationsRead,
  markAllNotificationsSeen,
  markNotificationRead,
  markNotificationSeen,
  restoreNotification,
  sendNotification,
  snoozeNotification,
} from "../../../lib/notifications/mod.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { type TestDeps } from "../../support/open_deps.ts";
import { accepted } from "./delivery_support.ts";
import { vote, world } from "./inbox_support.ts";

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
