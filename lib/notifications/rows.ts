import { del, keys, type Mutation, set } from "../kv/mod.ts";
import { type Inbox, isUnread, type Notification } from "./types.ts";

/** Where a notification lies, with its unread index row as the inbox then says. */
export function notificationRows(
  notification: Notification,
  inbox: Inbox,
): Mutation[] {
  const { userId, id, archivedAt } = notification;
  if (archivedAt !== null) {
    return [set(keys.notificationArchived(userId, id), notification)];
  }
  const rows = [set(keys.notification(userId, id), notification)];
  if (isUnread(notification, inbox)) {
    rows.push(set(keys.notificationUnread(userId, inbox.generation, id), true));
  }
  return rows;
}

/** Takes away all rows that `notificationRows` wrote. */
export function removedRows(notification: Notification): Mutation[] {
  const { userId, id, archivedAt, unreadIn } = notification;
  if (archivedAt !== null) return [del(keys.notificationArchived(userId, id))];
  const rows = [del(keys.notification(userId, id))];
  if (unreadIn !== null) {
    rows.push(del(keys.notificationUnread(userId, unreadIn, id)));
  }
  return rows;
}

/** Takes a notification from one state to another; a row that stays is only written. */
export function changedRows(
  before: Notification,
  after: Notification,
  inbox: Inbox,
): Mutation[] {
  const written = notificationRows(after, inbox);
  const keep = new Set(written.map((row) => row.key.join("\n")));
  return [
    ...removedRows(before).filter((row) => !keep.has(row.key.join("\n"))),
    ...written,
  ];
}

/** Whether it adds one to the unread count. */
export function counts(notification: Notification, inbox: Inbox): boolean {
  return notification.archivedAt === null && isUnread(notification, inbox);
}
