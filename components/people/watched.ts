import { signal } from "@preact/signals";
import type { Status, StatusState } from "../../lib/status/types.ts";
import { stateNow } from "./statuses.ts";

/** User id → whether they are here, of those whom the page watches; filled by the rail, shared by all islands. */
export const watched = signal<ReadonlyMap<string, boolean>>(new Map());

/**
 * How somebody can be reached: whether they are here by what is watched, which also tells when they leave; idle or not
 * to be disturbed by their status. `undefined` when neither is known.
 */
export function reachNow(
  status: Status | undefined,
  here: boolean | undefined,
  now: number,
): StatusState | undefined {
  if (here === false) return "offline";
  if (!status) return here ? "online" : undefined;
  const state = stateNow(status, now);
  if (!here || state !== "offline") return state;
  // They came after the status was told.
  return stateNow({ ...status, state: "online" }, now);
}
