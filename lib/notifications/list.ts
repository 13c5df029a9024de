import { keys } from "../kv/mod.ts";
import type { User } from "../users/mod.ts";
import { expireDue, type InboxDeps, isDue } from "./change.ts";
import { findNotification } from "./find.ts";
import { readPeople } from "./named.ts";
import { renderNotification } from "./render.ts";
import {
  type Inbox,
  inboxOf,
  type InboxState,
  isUnread,
  type Notification,
  type NotificationView,
  stateOf,
} from "./types.ts";

export interface NotificationsQuery {
  /** From the previous page's answer. */
  cursor?: string;
  /** At most 100. */
  limit?: number;
  filter?: "all" | "unread" | "archived" | "snoozed";
}

export interface NotificationsPage extends InboxState {
  /** By place, the latest first. */
  notifications: NotificationView[];
  /** Where the next page begins; `null` at the end. */
  cursor: string | null;
}

type Owner = Pick<User, "id" | "locale" | "timeZone">;

/** An inbox without what has expired by now: nearly always one read. */
export async function readInbox(
  deps: InboxDeps,
  userId: string,
): Promise<Inbox> {
  const inbox = inboxOf((await deps.kv.get<Inbox>(keys.inbox(userId))).value);
  return isDue(inbox, deps.now()) ? await expireDue(deps, userId) : inbox;
}

/**
 * A page of somebody's inbox. Costs a page, whatever the size of the inbox: what is archived or snoozed lies elsewhere,
 * and unread ones have an index. The counts are read first, so whoever applies later events on top misses none.
 */
export async function getNotifications(
  deps: InboxDeps,
  owner: Owner,
  { cursor, limit = 30, filter = "all" }: NotificationsQuery = {},
): Promise<NotificationsPage> {
  const { kv } = deps;
  const inbox = await readInbox(deps, owner.id);
  const prefix = {
    all: keys.notifications(owner.id),
    unread: keys.notificationsUnread(owner.id, inbox.generation),
    archived: keys.notificationsArchived(owner.id),
    snoozed: keys.notificationsSnoozed(owner.id),
  }[filter];
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
  const places = page.map((entry) => entry.key.at(-1) as string);
  const notifications = filter === "unread"
    ? (await readMany(kv, owner.id, places)).filter((n) => isUnread(n, inbox))
    : page.map((entry) => entry.value as Notification);
  const reader = { ...owner, people: await readPeople(kv, notifications) };
  return {
    notifications: notifications.map((n) =>
      renderNotification(n, inbox, reader)
    ),
    cursor: entries.length > limit ? places.at(-1)! : null,
    ...stateOf(inbox),
  };
}

async function readMany(
  kv: Deno.Kv,
  userId: string,
  places: string[],
): Promise<Notification[]> {
  const reads: Promise<Deno.KvEntryMaybe<Notification>[]>[] = [];
  // One getMany takes ten keys.
  for (let i = 0; i < places.length; i += 10) {
    reads.push(
      kv.getMany<Notification[]>(
        places.slice(i, i + 10).map((at) => keys.notification(userId, at)),
      ),
    );
  }
  return (await Promise.all(reads)).flat().flatMap((entry) =>
    entry.value ?? []
  );
}

/** One notification of somebody's, wherever it lies; `null` if there is none or it is deleted. */
export async function getNotification(
  deps: InboxDeps,
  owner: Owner,
  id: string,
): Promise<NotificationView | null> {
  const inbox = await readInbox(deps, owner.id);
  const notification = await findNotification(deps.kv, owner.id, id);
  if (notification === null || notification.deletedAt) return null;
  const people = await readPeople(deps.kv, [notification]);
  return renderNotification(notification, inbox, { ...owner, people });
}

/** In the inbox and unread, in the inbox and never shown: one read, exact. */
export async function getUnreadCount(
  deps: InboxDeps,
  userId: string,
): Promise<InboxState> {
  return stateOf(await readInbox(deps, userId));
}
