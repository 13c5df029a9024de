import { DAY } from "../clock.ts";
import { del, keys, type Mutation, set } from "../kv/mod.ts";
import { aboutOf } from "./catalogue.ts";
import {
  folderOf,
  type Inbox,
  isUnread,
  isUnseen,
  type Notification,
} from "./types.ts";

/** Milliseconds for which a deletion can be taken back. */
export const DELETED_KEPT = 7 * DAY;

export function placeOf({ id, place }: Notification): string {
  return place ?? id;
}

/** Where a notification lies, with its index rows as the inbox then says. */
export function notificationRows(
  notification: Notification,
  inbox: Inbox,
): Mutation[] {
  const { userId, id, expiresAt } = notification;
  const place = placeOf(notification);
  const folder = folderOf(notification);
  const rows: Mutation[] = place === id || folder === "deleted"
    ? []
    : [set(keys.notificationPlace(userId, id), place)];
  for (const key of askingKeys(notification)) {
    rows.push(set(key, true, folder === "deleted" ? DELETED_KEPT : undefined));
  }
  switch (folder) {
    case "deleted":
      rows.push(
        set(keys.notificationDeleted(userId, id), notification, DELETED_KEPT),
      );
      break;
    case "archived":
      rows.push(set(keys.notificationArchived(userId, place), notification));
      break;
    case "snoozed":
      rows.push(set(keys.notificationSnoozed(userId, id), notification));
      break;
    case "inbox":
      rows.push(set(keys.notification(userId, place), notification));
      if (isUnread(notification, inbox)) {
        rows.push(
          set(keys.notificationUnread(userId, inbox.generation, place), true),
          ...aboutKeys(notification).map((key) => set(key, true)),
        );
      }
      // What is settled stays: it has not run out, somebody has seen to it.
      if (expiresAt && !notification.settled) {
        rows.push(set(keys.notificationExpiring(userId, expiresAt, id), true));
      }
  }
  return rows;
}

/** Where it is found by what it is about. */
function aboutKeys(notification: Notification): Deno.KvKey[] {
  const { userId, id } = notification;
  const about = aboutOf(notification);
  return about === null ? [] : [keys.notificationAbout(userId, about, id)];
}

/** Where an answer finds it, until it is settled or has run out. */
function askingKeys(
  { userId, id, ask, settled, expiredAt }: Notification,
): Deno.KvKey[] {
  return ask === undefined || settled || expiredAt
    ? []
    : [keys.notificationAsking(ask, userId, id)];
}

/** Takes away all rows that `notificationRows` wrote, in whichever generation. */
function removedRows(notification: Notification): Mutation[] {
  const { userId, id, unreadIn, expiresAt } = notification;
  const place = placeOf(notification);
  const folder = folderOf(notification);
  const rows: Mutation[] = place === id || folder === "deleted"
    ? []
    : [del(keys.notificationPlace(userId, id))];
  rows.push(...askingKeys(notification).map(del));
  switch (folder) {
    case "deleted":
      rows.push(del(keys.notificationDeleted(userId, id)));
      break;
    case "archived":
      rows.push(del(keys.notificationArchived(userId, place)));
      break;
    case "snoozed":
      rows.push(del(keys.notificationSnoozed(userId, id)));
      break;
    case "inbox":
      rows.push(del(keys.notification(userId, place)));
      if (unreadIn !== null) {
        rows.push(
          del(keys.notificationUnread(userId, unreadIn, place)),
          ...aboutKeys(notification).map(del),
        );
      }
      if (expiresAt) {
        rows.push(del(keys.notificationExpiring(userId, expiresAt, id)));
      }
  }
  return rows;
}

/** Takes a notification from one state to another; a row that stays is only written. */
export function changedRows(
  before: Notification | null,
  after: Notification,
  inbox: Inbox,
): Mutation[] {
  const written = notificationRows(after, inbox);
  if (before === null) return written;
  const keep = new Set(written.map((row) => row.key.join("\n")));
  return [
    ...removedRows(before).filter((row) => !keep.has(row.key.join("\n"))),
    ...written,
  ];
}

/** What a notification adds to the counts of its inbox. */
export function weightOf(
  notification: Notification | null,
  inbox: Inbox,
): { unread: number; unseen: number } {
  if (notification === null || folderOf(notification) !== "inbox") {
    return { unread: 0, unseen: 0 };
  }
  return {
    unread: Number(isUnread(notification, inbox)),
    unseen: Number(isUnseen(notification, inbox)),
  };
}
