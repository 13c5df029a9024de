import { keys } from "../kv/mod.ts";
import type { User } from "../users/mod.ts";
import { renderNotification } from "./render.ts";
import { findNotification } from "./send.ts";
import {
  EMPTY_INBOX,
  type Inbox,
  type InboxState,
  isUnread,
  type Notification,
  type NotificationView,
} from "./types.ts";

export interface NotificationsQuery {
  /** From the previous page's answer. */
  cursor?: string;
  /** At most 100. */
  limit?: number;
  filter?: "all" | "unread" | "archived";
}

export interface NotificationsPage extends InboxState {
  /** Newest first. */
  notifications: NotificationView[];
  /** Where the next page begins; `null` at the end. */
  cursor: string | null;
}

type Owner = Pick<User, "id" | "locale" | "timeZone">;

async function readInbox(kv: Deno.Kv, userId: string): Promise<Inbox> {
  return (await kv.get<Inbox>(keys.inbox(userId))).value ?? EMPTY_INBOX;
}

/**
 * A page of somebody's inbox. Costs a page, whatever the size of the inbox: archived notifications lie elsewhere, and
 * unread ones have an index. The counts are read first, so whoever applies later events on top misses none.
 */
export async function getNotifications(
  { kv }: { kv: Deno.Kv },
  owner: Owner,
  { cursor, limit = 30, filter = "all" }: NotificationsQuery = {},
): Promise<NotificationsPage> {
  const inbox = await readInbox(kv, owner.id);
  const prefix = filter === "unread"
    ? keys.notificationsUnread(owner.id, inbox.generation)
    : filter === "archived"
    ? keys.notificationsArchived(owner.id)
    : keys.notifications(owner.id);
  const entries = await Array.fromAsync(
    kv.list<Notification | true>(
      cursor ? { prefix, end: [...prefix, cursor] } : { prefix },
      {
        reverse: true,
        limit: limit + 1,
      },
    ),
  );
  const page = entries.slice(0, limit);
  const ids = page.map((entry) => entry.key.at(-1) as string);
  const notifications = filter === "unread"
    ? (await readMany(kv, owner.id, ids)).filter((n) => isUnread(n, inbox))
    : page.map((entry) => entry.value as Notification);
  return {
    notifications: notifications.map((n) =>
      renderNotification(n, inbox, owner)
    ),
    cursor: entries.length > limit ? ids.at(-1)! : null,
    unread: inbox.unread,
    revision: inbox.revision,
  };
}

async function readMany(
  kv: Deno.Kv,
  userId: string,
  ids: string[],
): Promise<Notification[]> {
  const reads: Promise<Deno.KvEntryMaybe<Notification>[]>[] = [];
  // One getMany takes ten keys.
  for (let i = 0; i < ids.length; i += 10) {
    reads.push(
      kv.getMany<Notification[]>(
        ids.slice(i, i + 10).map((id) => keys.notification(userId, id)),
      ),
    );
  }
  return (await Promise.all(reads)).flat().flatMap((entry) =>
    entry.value ?? []
  );
}

/** One notification of somebody's, archived or not; `null` if there is none. */
export async function getNotification(
  { kv }: { kv: Deno.Kv },
  owner: Owner,
  id: string,
): Promise<NotificationView | null> {
  const [inbox, notification] = await Promise.all([
    readInbox(kv, owner.id),
    findNotification(kv, owner.id, id),
  ]);
  return notification && renderNotification(notification, inbox, owner);
}

/** Unread and not archived: one read, exact. */
export async function getUnreadCount(
  { kv }: { kv: Deno.Kv },
  userId: string,
): Promise<InboxState> {
  const { unread, revision } = await readInbox(kv, userId);
  return { unread, revision };
}
