import { type Clock, DAY, type IdMaker } from "../clock.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import type { Activity } from "./types.ts";

/** The oracle looks at 7 days against some weeks of baseline; what is older is of no use to it. */
export const ACTIVITY_KEPT = 120 * DAY;

/** The row that tells what somebody did; goes into the atomic of the doing. */
export function activityRow(
  { now, newId }: { now: Clock; newId: IdMaker },
  done: Pick<Activity, "kind" | "actorId"> & Partial<Activity>,
): Mutation {
  const row = activityOf({ id: newId(), at: now(), ...done });
  return set(keys.activity(row.at, row.id), row, ACTIVITY_KEPT);
}

/** Fills what does not apply with `null`. */
export function activityOf(
  done: Pick<Activity, "id" | "at" | "kind" | "actorId"> & Partial<Activity>,
): Activity {
  return {
    counterpartyId: null,
    guildId: null,
    bountyId: null,
    amount: null,
    rating: null,
    outcome: null,
    device: null,
    ...done,
  };
}
