import type { ChatItem } from "./messages.ts";

/** The part of a room's messages that this page holds, oldest first. */
export interface Window {
  items: ChatItem[];
  /** Cursor of what is older; `null` when there is nothing. */
  before: string | null;
  /** Cursor of what is newer; `null` when the newest is held, and live messages follow. */
  after: string | null;
}

/** Messages held at most; somebody who reads on through 100,000 leaves behind what is far away. */
export const HELD = 2_000;

/** With an older page in front; what is then too much goes at the end. */
export function withOlder(
  { items, after }: Window,
  older: readonly ChatItem[],
  before: string | null,
  held = HELD,
): Window {
  const all = [...unknown(older, items), ...items];
  const last = all[held - 1];
  if (all.length <= held || !last?.position) {
    return { items: all, before, after };
  }
  return { items: all.slice(0, held), before, after: last.position };
}

/** With a newer page behind; what is then too much goes at the beginning. */
export function withNewer(
  { items, before }: Window,
  newer: readonly ChatItem[],
  after: string | null,
  held = HELD,
): Window {
  const all = [...items, ...unknown(newer, items)];
  const first = all[all.length - held];
  if (all.length <= held || !first?.position) {
    return { items: all, before, after };
  }
  return { items: all.slice(-held), before: first.position, after };
}

/**
 * With a page that was read again in the place of what it repeats; `null` when it does not reach what is held. A page
 * without a place after it is the newest.
 *
 * @param edge id of the last message before those that may be missing: the page has to reach back to it
 */
export function withRepeated(
  held: Window,
  page: Window,
  edge: string | null = null,
): Window | null {
  const ids = new Set(page.items.map(({ id }) => id));
  const repeats = ({ id }: ChatItem) => ids.has(id);
  const last = held.items.findIndex(({ id }) => id === edge);
  // Nothing is before a page that has no place before it.
  const from = page.before === null ? 0 : held.items.findIndex(repeats);
  if (from < 0 || last >= 0 && from > last) return null;
  const to = page.after === null
    ? held.items.length
    : held.items.findLastIndex(repeats) + 1;
  return {
    items: [
      ...held.items.slice(0, from),
      ...page.items,
      ...held.items.slice(to),
    ],
    before: from > 0 ? held.before : page.before,
    after: held.after,
  };
}

function unknown(
  page: readonly ChatItem[],
  held: readonly ChatItem[],
): ChatItem[] {
  const known = new Set(held.map(({ id }) => id));
  return page.filter(({ id }) => !known.has(id));
}
