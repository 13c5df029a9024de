import { signal } from "@preact/signals";

/** Ids of those whom the reader has blocked: their messages are folded in shared rooms. */
export const blocked = signal<ReadonlySet<string>>(new Set());

/** Somebody was blocked, or no longer is. */
export function noteBlocked(userId: string, on: boolean): void {
  const next = new Set(blocked.peek());
  if (on) next.add(userId);
  else next.delete(userId);
  blocked.value = next;
}
