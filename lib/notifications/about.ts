import { commit, del, keys } from "../kv/mod.ts";
import { findNotification } from "./find.ts";
import { folderOf, type Inbox, inboxOf, isUnread } from "./types.ts";

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

/** What is unread about the messages of a room: at most 100, the oldest first. */
export async function listNotificationsAbout(
  kv: Deno.Kv,
  userId: string,
  channel: string,
): Promise<{ id: string; messageId: string }[]> {
  const prefix = keys.notificationsAbout(userId, channel);
  const rows = await Array.fromAsync(kv.list({ prefix }, { limit: 100 }));
  const inbox = inboxOf((await kv.get<Inbox>(keys.inbox(userId))).value);
  const found: { id: string; messageId: string }[] = [];
  for (const { key } of rows) {
    const id = key.at(-1) as string;
    const notification = await findNotification(kv, userId, id);
    if (
      notification && folderOf(notification) === "inbox" &&
      isUnread(notification, inbox) && "messageId" in notification.data
    ) found.push({ id, messageId: notification.data.messageId });
    // All were marked read at once, which leaves the index to whoever finds it.
    else await commit(kv, { mutations: [del(key)] });
  }
  return found;
}
