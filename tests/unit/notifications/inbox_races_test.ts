/** An inbox that many write into at once. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import {
  archiveNotification,
  deleteNotification,
  getNotifications,
  getUnreadCount,
  type InboxState,
  markAllNotificationsRead,
  markNotificationRead,
  sendNotification,
} from "../../../lib/notifications/mod.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { filled, joined } from "./inbox_filled.ts";

Deno.test("a thousand requests with one key make one notification", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  await deps.addUser("ada");
  const sent = await Promise.all(
    Array.from(
      { length: 1_000 },
      (_, i) =>
        sendNotification(i % 2 ? deps : other, {
          userId: "ada",
          key: "cause",
          ...joined(1),
        }),
    ),
  );
  assertEquals(sent.filter((s) => !s.repeated).length, 1);
  assertEquals(new Set(sent.map((s) => s.notification!.id)).size, 1);
  assertEquals((await deps.events(userChannel("ada"))).length, 1);
  assertEquals(await getUnreadCount(deps, "ada"), {
    unread: 1,
    unseen: 1,
    revision: 1,
  });
});

Deno.test("whatever several tabs do at once, counts are exact and revisions tell their order", async () => {
  const operation = fc.record({
    tab: fc.integer({ min: 0, max: 2 }),
    what: fc.constantFrom(
      "send",
      "read",
      "unread",
      "archive",
      "restore",
      "delete",
      "all",
    ),
    which: fc.nat({ max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 5, maxLength: 60 }),
      async (operations) => {
        await using deps = await openDeps();
        await using second = await deps.fork();
        await using third = await deps.fork();
        const tabs = [deps, second, third];
        const { owner, ids } = await filled(deps, 10);
        const missing = (error: unknown) => {
          if (
            error instanceof NexoraError && error.code === "not_found"
          ) return null;
          throw error;
        };
        await Promise.all(
          operations.map(
            ({ tab, what, which }, i): Promise<InboxState | null> => {
              const at = tabs[tab]!;
              const id = ids[which]!;
              switch (what) {
                case "send":
                  return sendNotification(at, {
                    userId: "ada",
                    key: `k${which}`,
                    ...joined(i),
                  });
                case "read":
                  return markNotificationRead(at, "ada", id).catch(missing);
                case "unread":
                  return markNotificationRead(at, "ada", id, false).catch(
                    missing,
                  );
                case "archive":
                  return archiveNotification(at, "ada", id).catch(missing);
                case "restore":
                  return archiveNotification(at, "ada", id, false).catch(
                    missing,
                  );
                case "delete":
                  return deleteNotification(at, "ada", id).catch(missing);
                default:
                  return markAllNotificationsRead(at, "ada");
              }
            },
          ),
        );
        const { unread, revision } = await getUnreadCount(deps, "ada");
        const all = await getNotifications(deps, owner, { limit: 100 });
        const listed = await getNotifications(deps, owner, {
          limit: 100,
          filter: "unread",
        });
        assertEquals(all.notifications.filter((n) => !n.read).length, unread);
        assertEquals(
          listed.notifications.map((n) => n.id),
          all.notifications.filter((n) => !n.read).map((n) => n.id),
          "the index of the unread agrees with the notifications",
        );
        const told = (await deps.events(userChannel("ada"))).map((e) =>
          e.json as InboxState
        );
        assertEquals(told.map((t) => t.revision), told.map((_, i) => i + 1));
        assertEquals([told.at(-1)!.unread, told.length], [unread, revision]);
      },
    ),
    { numRuns: 25 },
  );
});
