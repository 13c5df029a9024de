import { keys, type Mutation, set } from "../kv/mod.ts";
import { entryOf } from "./catalogue.ts";
import { findNotification } from "./find.ts";
import {
  folderOf,
  type Inbox,
  isUnread,
  type Notice,
  type Notification,
  type NotificationData,
} from "./types.ts";

/** The notification that others of its group are added to, while it is unread. */
interface GroupRow {
  id: string;
  /** Milliseconds. */
  until: number;
}

/** The notification that `notice` is added to, if there is one: of its group, in the inbox, unread, not too old. */
export async function findGrowing(
  kv: Deno.Kv,
  userId: string,
  { type, data }: Notice,
  { inbox, at }: { inbox: Inbox; at: number },
): Promise<Notification | null> {
  const group = entryOf(type).group;
  if (!group) return null;
  const { value } = await kv.get<GroupRow>(
    keys.notificationGroup(userId, group.key(data)),
  );
  if (value === null || value.until <= at) return null;
  const found = await findNotification(kv, userId, value.id);
  return found && folderOf(found) === "inbox" && isUnread(found, inbox)
    ? found
    : null;
}

/** What it becomes: on top again, unseen again. */
export function grow(
  before: Notification,
  { type, data }: Notice,
  inbox: Inbox,
  place: string,
): Notification {
  const add = entryOf(type).group!.add as (
    a: NotificationData,
    b: NotificationData,
  ) => NotificationData;
  return {
    ...before,
    data: add(before.data, data),
    place,
    unseenIn: inbox.seenGeneration,
  } as Notification;
}

/** The row that lets others be added to a new notification. */
export function groupRows(
  { type, data }: Notice,
  { id, userId, archivedAt }: Notification,
  grown: Notification | null,
  at: number,
): Mutation[] {
  const group = entryOf(type).group;
  if (!group || grown || archivedAt !== null) return [];
  const until = at + group.window;
  return [
    set(
      keys.notificationGroup(userId, group.key(data)),
      { id, until } satisfies GroupRow,
      group.window,
    ),
  ];
}
