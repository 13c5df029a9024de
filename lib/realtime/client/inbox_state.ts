import { isFields } from "./frames.ts";

/** A notification as the server tells it; `lib/notifications` says more about each type. */
export interface NotificationItem {
  /** Sorts by time. */
  id: string;
  type: string;
  emoji: string;
  title: string;
  body: string;
  /** Path of the page it is about. */
  link: string;
  priority: "normal" | "high";
  data: unknown;
  read: boolean;
  archived: boolean;
  /** Milliseconds. */
  createdAt: number;
}

/** What is known of somebody's inbox. */
export interface InboxState {
  /** Unread and not archived, as the server counts them: also what is not in `items`. */
  unread: number;
  /** Of the last change applied: a change with this revision or an earlier one is in it already. */
  revision: number;
  items: ReadonlyMap<string, NotificationItem>;
}

/** Something done here or told by the server. Applied again, it changes nothing. */
export type InboxChange =
  | { kind: "new"; item: NotificationItem }
  | { kind: "read"; id: string; read: boolean }
  | { kind: "read-all" }
  | { kind: "archive"; id: string; archived: boolean }
  | { kind: "delete"; id: string };

const weight = (item: NotificationItem | undefined) =>
  item && !item.read && !item.archived ? 1 : 0;

function put(
  state: InboxState,
  id: string,
  after: NotificationItem | undefined,
): InboxState {
  const items = new Map(state.items);
  const before = items.get(id);
  if (after) items.set(id, after);
  else items.delete(id);
  const unread = Math.max(0, state.unread + weight(after) - weight(before));
  return { ...state, items, unread };
}

export function applyChange(
  state: InboxState,
  change: InboxChange,
): InboxState {
  if (change.kind === "new") return put(state, change.item.id, change.item);
  if (change.kind === "read-all") {
    const items = new Map<string, NotificationItem>();
    for (const [id, item] of state.items) {
      items.set(id, { ...item, read: true });
    }
    return { ...state, items, unread: 0 };
  }
  const item = state.items.get(change.id);
  if (!item) return state;
  switch (change.kind) {
    case "read":
      return put(state, change.id, { ...item, read: change.read });
    case "archive":
      return put(state, change.id, { ...item, archived: change.archived });
    case "delete":
      return put(state, change.id, undefined);
  }
}

/** An event of the inbox's channel: what changed and the counts after it. */
export interface InboxEvent {
  changes: InboxChange[];
  unread: number;
  revision: number;
}

export function readItem(value: unknown): NotificationItem | null {
  return isFields(value) && typeof value.id === "string" &&
      typeof value.title === "string" && typeof value.read === "boolean"
    ? value as unknown as NotificationItem
    : null;
}

/** Returns `null` for other events of the channel. */
export function readInboxEvent(
  event: string,
  data: unknown,
): InboxEvent | null {
  if (!isFields(data) || typeof data.revision !== "number") return null;
  const changes: InboxChange[] = [];
  const item = readItem(data.notification);
  // `notification:read` brings the item along: it may have come back from the archive.
  if (item) changes.push({ kind: "new", item });
  const id = String(data.id);
  if (event === "notification:read") {
    if (data.all === true) changes.push({ kind: "read-all" });
    else changes.push({ kind: "read", id, read: data.read !== false });
  } else if (event === "notification:clear") {
    changes.push(
      data.reason === "archived"
        ? { kind: "archive", id, archived: true }
        : { kind: "delete", id },
    );
  } else if (event !== "notification:new") return null;
  return { changes, unread: Number(data.unread), revision: data.revision };
}

/** Applies an event unless it is in the state already. */
export function applyEvent(state: InboxState, event: InboxEvent): InboxState {
  if (event.revision <= state.revision) return state;
  const { unread, revision } = event;
  return { ...event.changes.reduce(applyChange, state), unread, revision };
}
