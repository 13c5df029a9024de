/** What reading needs to know of a message. */
export interface Readable {
  id: string;
  key: string;
  authorId: string;
  sentAt: number;
  state: "sending" | "sent" | "failed";
}

/** The newest message that somebody has seen in a room. */
export interface Seen {
  id: string;
  /** Milliseconds; for when the message itself is no longer among the loaded. */
  sentAt: number;
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
  return item ? { id: item.id, sentAt: item.sentAt } : null;
}

export function readSeen(
  storage: Pick<Storage, "getItem"> | null,
  key: string,
): Seen | null {
  try {
    const value = JSON.parse(storage?.getItem(key) ?? "null");
    return typeof value?.id === "string" && typeof value.sentAt === "number"
      ? value
      : null;
  } catch {
    return null;
  }
}

export function writeSeen(
  storage: Pick<Storage, "setItem"> | null,
  key: string,
  seen: Seen,
): void {
  try {
    storage?.setItem(key, JSON.stringify(seen));
  } catch {
    // Full or forbidden: the line will stand a little too high next time.
  }
}
