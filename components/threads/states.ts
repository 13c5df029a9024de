import { signal } from "@preact/signals";
import {
  comparePositions,
  parsePosition,
} from "../../lib/realtime/position.ts";
import type { ThreadState } from "../../lib/messages/threads/types.ts";

/** Parent's id → where the reader stands in that thread; begun by the room, kept by the rail, shared by all islands. */
export const threadStates = signal<ReadonlyMap<string, ThreadState>>(new Map());

/** Takes in what was told, unless more is known already. */
export function learnThreads(states: readonly ThreadState[]): void {
  const known = new Map(threadStates.peek());
  for (const state of states) {
    const before = known.get(state.parentId);
    if (before && isNewer(before, state)) continue;
    known.set(state.parentId, state);
  }
  threadStates.value = known;
}

/** How many followed threads have something unread. */
export function countUnread(
  states: ReadonlyMap<string, ThreadState>,
): number {
  let count = 0;
  for (const { unread } of states.values()) if (unread > 0) count++;
  return count;
}

/** Of two states with the same mark the one that has counted further is the newer. */
function isNewer(known: ThreadState, state: ThreadState): boolean {
  if (known.revision !== state.revision) {
    return known.revision > state.revision;
  }
  const [a, b] = [known, state].map(({ upTo }) => parsePosition(upTo ?? ""));
  return Boolean(a && b && comparePositions(a, b) > 0);
}
