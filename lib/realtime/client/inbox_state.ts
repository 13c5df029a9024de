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
  /** Shown in an opened bell, or read. Absent: seen. */
  seen?: boolean;
  archived: boolean;
  /** Milliseconds; out of the inbox until then. */
  snoozedUntil?: number | null;
  /** What it asks for is no longer possible after it, milliseconds. */
  expiresAt?: number | null;
  expired?: boolean;
  /** What can be done about it: a page to open, or a request to send. */
  actions?: NotificationAction[];
  /** What became of what it asked for; `null` while that is open. */
  outcome?: string | null;
  /** Lists are sorted by it, larger ones first; without it, by id. */
  place?: string;
  /** Milliseconds. */
  createdAt: number;
}

export type NotificationAction =
  & { id: string; label: string; style: "primary" | "default" | "danger" }
  & ({ href: string } | { post: { path: string; body: unknown } });

export const placeOf = (item: NotificationItem) => item.place ?? item.id;

/** What is known of somebody's inbox. */
export interface InboxState {
  /** Unread and not archived, as the server counts them: also what is not in `items`. */
  unread: number;
  /** In the inbox and never shown: what a badge counts. */
  unseen: number;
  /** Of the last change applied: a change with this revision or an earlier one is in it already. */
  revision: number;
  items: ReadonlyMap<string, NotificationItem>;
}

/** Something done here or told by the server. Applied again, it changes nothing. */
export type InboxChange =
  | { kind: "new"; item: NotificationItem }
  | { kind: "read"; id: string; read: boolean }
  | { kind: "read-all" }
  | { kind: "seen"; id: string }
  | { kind: "seen-all" }
  | { kind: "snooze"; id: string; until: number | null }
  | { kind: "archive"; id: string; archived: boolean }
  | { kind: "delete"; id: string };

const inInbox = (item: NotificationItem | undefined) =>
  item !== undefined && !item.archived && !item.snoozedUntil;
const unreadWeight = (item: NotificationItem | undefined) =>
  inInbox(item) && !item!.read ? 1 : 0;
const unseenWeight = (item: NotificationItem | undefined) =>
  inInbox(item) && item!.seen === false && !item!.read ? 1 : 0;

function put(
  state: InboxState,
  id: string,
  after: NotificationItem | undefined,
): InboxState {
  const items = new Map(state.items);
  const before = items.get(id);
  if (after) items.set(id, after);
  else items.delete(id);
  const unread = Math.max(
    0,
    state.unread + unreadWeight(after) - unreadWeight(before),
  );
  const unseen = Math.max(
    0,
    state.unseen + unseenWeight(after) - unseenWeight(before),
  );
  return { ...state, items, unread, unseen };
}

export function applyChange(
  state: InboxState,
  change: InboxChange,
): InboxState {
  if (change.kind === "new") return put(state, change.item.id, change.item);
  if (change.kind === "read-all" || change.kind === "seen-all") {
    const all = change.kind === "read-all"
      ? { read: true, seen: true }
      : { seen: true };
    const items = new Map<string, NotificationItem>();
    for (const [id, item] of state.items) items.set(id, { ...item, ...all });
    return {
      ...state,
      items,
      unread: change.kind === "read-all" ? 0 : state.unread,
      unseen: 0,
    };
  }
  const item = state.items.get(change.id);
  if (!item) return state;
  switch (change.kind) {
    case "read":
      return put(state, change.id, {
        ...item,
        read: change.read,
        seen: change.read || item.seen,
      });
    case "seen":
      return put(state, change.id, { ...item, seen: true });
    case "snooze":
      return put(state, change.id, { ...item, snoozedUntil: change.until });
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
  unseen: number;
  /** No reason to interrupt: one more of several that are one notification. */
  quiet: boolean;
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
    if (data.all === true) {
      changes.push({ kind: data.read === false ? "seen-all" : "read-all" });
    } else changes.push({ kind: "read", id, read: data.read !== false });
  } else if (event === "notification:clear") {
    changes.push(
      data.reason === "archived" || data.reason === "expired"
        ? { kind: "archive", id, archived: true }
        : { kind: "delete", id },
    );
  } else if (event !== "notification:new") return null;
  return {
    changes,
    unread: Number(data.unread),
    unseen: Number(data.unseen ?? 0),
    quiet: data.quiet === true,
    revision: data.revision,
  };
}

/** Applies an event unless it is in the state already. */
export function applyEvent(state: InboxState, event: InboxEvent): InboxState {
  if (event.revision <= state.revision) return state;
  const { unread, unseen, revision } = event;
  return {
    ...event.changes.reduce(applyChange, state),
    unread,
    unseen,
    revision,
  };
}
