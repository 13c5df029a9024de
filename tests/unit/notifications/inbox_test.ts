/** An inbox over a real store: told, counted, marked, archived, paged. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { NexoraError } from "../../../lib/errors.ts";
import { keys } from "../../../lib/kv/mod.ts";
import {
  archiveNotification,
  getNotification,
  getNotifications,
  markAllNotificationsRead,
  markNotificationRead,
  sendNotification,
} from "../../../lib/notifications/mod.ts";
import { sweepUnreadIndex } from "../../../lib/notifications/sweep.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { filled, joined } from "./inbox_filled.ts";

Deno.test("a notification arrives rendered, counted and told on the owner's channel", async () => {
  await using deps = await openDeps();
  const owner = await deps.addUser("ada");
  const sent = await sendNotification(deps, { userId: "ada", ...joined(1) });
  assertEquals([sent.unread, sent.revision, sent.repeated], [1, 1, false]);
  assertEquals(sent.notification!.title, "User 1 joined Lantern");
  assertEquals(sent.notification!.link, "/guilds/g1");
  assertEquals(sent.notification!.read, false);
  const page = await getNotifications(deps, owner);
  assertEquals(page, {
    notifications: [sent.notification!],
    cursor: null,
    unread: 1,
    unseen: 1,
    revision: 1,
  });
  const [event] = await deps.events(userChannel("ada"));
  assertEquals(event!.event, "notification:new");
  assertEquals(
    event!.json,
    {
      notification: sent.notification,
      unread: 1,
      unseen: 1,
      revision: 1,
    } as unknown,
  );
  assertEquals(
    await getNotification(deps, owner, sent.notification!.id),
    sent.notification,
  );
});

Deno.test("data that does not fit the type and people who do not exist are refused", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada");
  const bad = await assertRejects(
    () =>
      sendNotification(deps, {
        userId: "ada",
        type: "guild_invite",
        data: { guildId: "" },
        // deno-lint-ignore no-explicit-any -- what no caller in TypeScript could send
      } as any),
    NexoraError,
  );
  assertEquals(bad.code, "bad_request");
  assert(bad.fields!["guildId"] && bad.fields!["inviterName"]);
  const missing = await assertRejects(
    () => sendNotification(deps, { userId: "nobody", ...joined(1) }),
    NexoraError,
  );
  assertEquals(missing.code, "not_found");
});

Deno.test("marking tells once, and marking again changes nothing", async () => {
  await using deps = await openDeps();
  const { ids } = await filled(deps, 3);
  const read = await markNotificationRead(deps, "ada", ids[1]!);
  assertEquals([read.unread, read.revision, read.notification.read], [
    2,
    4,
    true,
  ]);
  assertEquals(await markNotificationRead(deps, "ada", ids[1]!), read);
  const unread = await markNotificationRead(deps, "ada", ids[1]!, false);
  assertEquals([unread.unread, unread.revision, unread.notification.read], [
    3,
    5,
    false,
  ]);
  const events = (await deps.events(userChannel("ada"))).slice(3);
  assertEquals(events.map((e) => e.event), [
    "notification:read",
    "notification:read",
  ]);
  const error = await assertRejects(
    () => markNotificationRead(deps, "ada", "nothing"),
    NexoraError,
  );
  assertEquals(error.code, "not_found");
});

Deno.test("marking all as read is one small write, and unread again afterwards still counts", async () => {
  await using deps = await openDeps();
  const { owner, ids } = await filled(deps, 50);
  const before = await Promise.all(
    ids.map((id) => deps.kv.get(keys.notification("ada", id))),
  );
  assertEquals(await markAllNotificationsRead(deps, "ada"), {
    unread: 0,
    unseen: 0,
    revision: 51,
  });
  const after = await Promise.all(
    ids.map((id) => deps.kv.get(keys.notification("ada", id))),
  );
  assertEquals(
    after.map((e) => e.versionstamp),
    before.map((e) => e.versionstamp),
    "no notification is touched",
  );
  assertEquals(await markAllNotificationsRead(deps, "ada"), {
    unread: 0,
    unseen: 0,
    revision: 51,
  });
  assertEquals(
    (await getNotifications(deps, owner, { filter: "unread" })).notifications,
    [],
  );
  assertEquals(
    (await getNotifications(deps, owner)).notifications.every((n) => n.read),
    true,
  );
  await markNotificationRead(deps, "ada", ids[7]!, false);
  await sendNotification(deps, { userId: "ada", ...joined("late") });
  const unread = await getNotifications(deps, owner, { filter: "unread" });
  assertEquals(unread.notifications.length, 2);
  assertEquals(unread.unread, 2);
  assertEquals(
    (await deps.events(userChannel("ada"))).filter((e) =>
      e.event === "notification:read"
    ).length,
    2,
  );
  assertEquals(
    await sweepUnreadIndex(deps.kv, "ada"),
    49,
    "what was over, but for the one that moved",
  );
  assertEquals(
    (await getNotifications(deps, owner, { filter: "unread" })).notifications
      .length,
    2,
  );
});

Deno.test("archiving takes out of the inbox, taking back puts it where it was", async () => {
  await using deps = await openDeps();
  const { owner, ids } = await filled(deps, 3);
  const archived = await archiveNotification(deps, "ada", ids[1]!);
  assertEquals([archived.unread, archived.notification.archived], [2, true]);
  assertEquals(
    (await getNotifications(deps, owner)).notifications.map((n) => n.id),
    [ids[2], ids[0]],
  );
  assertEquals(
    (await getNotifications(deps, owner, { filter: "unread" })).notifications
      .length,
    2,
  );
  assertEquals(
    (await getNotifications(deps, owner, { filter: "archived" })).notifications
      .map((n) => n.id),
    [ids[1]],
  );
  const back = await archiveNotification(deps, "ada", ids[1]!, false);
  assertEquals([back.unread, back.notification.read], [3, false]);
  assertEquals(
    (await getNotifications(deps, owner)).notifications.map((n) => n.id),
    ids.toReversed(),
  );
  await archiveNotification(deps, "ada", ids[0]!);
  await markAllNotificationsRead(deps, "ada");
  assertEquals(
    (await archiveNotification(deps, "ada", ids[0]!, false)).unread,
    0,
    "it was read with all others",
  );
});

Deno.test("pages go through an inbox without a gap or a repeat", async () => {
  await using deps = await openDeps();
  const { owner, ids } = await filled(deps, 23);
  for (const filter of ["all", "unread"] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await getNotifications(deps, owner, {
        cursor,
        limit: 5,
        filter,
      });
      seen.push(...page.notifications.map((n) => n.id));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    assertEquals(seen, ids.toReversed());
  }
});
