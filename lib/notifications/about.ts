import { commit, del, keys } from "../kv/mod.ts";
import type { InboxDeps } from "./change.ts";
import { findNotification } from "./find.ts";
import { markNotificationRead } from "./mark.ts";
import {
  folderOf,
  type Inbox,
  inboxOf,
  isUnread,
  type Notification,
} from "./types.ts";

/** Whether something unread may be about the messages of a room. */
export async function hasNotificationsAbout(
  kv: Deno.Kv,
  userId: string,
  channel: string,
): Promise<boolean> {
  const rows = kv.list(
    { prefix: keys.notificationsAbout(userId, channel) },
    { limit: 1 },
  );
  return !(await rows.next()).done;
}

/** As many as are looked at together. */
const TOGETHER = 100;

/** What is unread about the messages of a room: at most 100, the oldest first. */
export async function listNotificationsAbout(
  kv: Deno.Kv,
  userId: string,
  channel: string,
): Promise<{ id: string; messageId: string }[]> {
  return (await listUnreadAbout(kv, userId, channel)).flatMap(({ id, data }) =>
    "messageId" in data ? [{ id, messageId: data.messageId }] : []
  );
}

async function listUnreadAbout(
  kv: Deno.Kv,
  userId: string,
  about: string,
): Promise<Notification[]> {
  const prefix = keys.notificationsAbout(userId, about);
  const rows = await Array.fromAsync(kv.list({ prefix }, { limit: TOGETHER }));
  if (rows.length === 0) return [];
  const inbox = inboxOf((await kv.get<Inbox>(keys.inbox(userId))).value);
  const found: Notification[] = [];
  for (const { key } of rows) {
    const id = key.at(-1) as string;
    const notification = await findNotification(kv, userId, id);
    if (
      notification && folderOf(notification) === "inbox" &&
      isUnread(notification, inbox)
    ) found.push(notification);
    // All were marked read at once, which leaves the index to whoever finds it.
    else await commit(kv, { mutations: [del(key)] });
  }
  return found;
}

/**
 * Somebody opens a page: what is unread about it is read. What it asks for stays open. One look at an index where
 * there is nothing, which is nearly always.
 */
export async function visitPage(
  deps: InboxDeps,
  userId: string,
  path: string,
): Promise<void> {
  for (const { id } of await listUnreadAbout(deps.kv, userId, path)) {
    await markNotificationRead(deps, userId, id);
  }
}
