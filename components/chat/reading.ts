import {
  comparePositions,
  parsePosition,
} from "../../lib/realtime/position.ts";

/** What reading needs to know of a message. */
export interface Readable {
  id: string;
  key: string;
  authorId: string;
  sentAt: number;
  state: "sending" | "sent" | "failed";
  /** Its place in the room, as far as it is known. */
  position?: string;
}

/** The newest message that somebody has seen in a room. */
export interface Seen {
  id: string;
  /** Milliseconds; for when the message itself is no longer among the loaded. */
  sentAt: number;
  position?: string;
}

/** What others wrote after `seen`, oldest first. Nothing, for somebody who is here for the first time. */
export function unseenAfter<R extends Readable>(
  items: readonly R[],
  seen: Seen | null,
  meId: string,
): R[] {
  if (seen === null) return [];
  const at = items.findLastIndex((item) => item.id === seen.id);
  const later = at >= 0
    ? items.slice(at + 1)
    : items.filter((item) => item.sentAt > seen.sentAt);
  return later.filter((item) =>
    item.state === "sent" && item.authorId !== meId
  );
}

/** The newest message that is in its place: what one has seen once the end of the list is in view. */
export function newestSent(items: readonly Readable[]): Seen | null {
  const item = items.findLast((item) => item.state === "sent");
  if (!item) return null;
  const { id, sentAt, position } = item;
  return position === undefined ? { id, sentAt } : { id, sentAt, position };
}

/** What of these messages lies at or before the reader's mark; `null` before anything was read. */
export function seenUpTo(
  items: readonly Readable[],
  mark: string | null,
): Seen | null {
  const read = mark === null ? null : parsePosition(mark);
  if (!read) return null;
  const item = items.findLast(({ position }) => {
    const at = position === undefined ? null : parsePosition(position);
    return at !== null && comparePositions(at, read) <= 0;
  });
  if (item) {
    return { id: item.id, sentAt: item.sentAt, position: item.position };
  }
  // All of them are newer.
  const oldest = items.find(({ state }) => state === "sent");
  return { id: "", sentAt: oldest ? oldest.sentAt - 1 : 0 };
}
