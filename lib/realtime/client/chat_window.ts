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

function unknown(
  page: readonly ChatItem[],
  held: readonly ChatItem[],
): ChatItem[] {
  const known = new Set(held.map(({ id }) => id));
  return page.filter(({ id }) => !known.has(id));
}
