import { ulid } from "ulid";
import { type Activity, ACTIVITY_KEPT, activityOf } from "../activity/mod.ts";
import { DAY } from "../clock.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import { seededRandom } from "./random.ts";

/** A ULID of the past whose chance comes from the seed. */
export function idAt(at: number, ...labels: (string | number)[]): string {
  return ulid(at, seededRandom(at, ...labels));
}

/** The browser that somebody always uses. */
export function deviceOf(userId: string): string {
  return seededRandom("device", userId)().toString(16).slice(2, 14)
    .padEnd(16, "0");
}

/** What somebody did, gone when it would be gone had it been written then. */
export function activity(
  seed: number,
  today: number,
  done: Pick<Activity, "at" | "kind" | "actorId"> & Partial<Activity>,
): Mutation {
  const device = deviceOf(done.actorId);
  const row = activityOf({
    id: idAt(done.at, seed, done.kind, done.actorId),
    device,
    ...done,
  });
  return set(
    keys.activity(row.at, row.id),
    row,
    Math.max(DAY, row.at + ACTIVITY_KEPT - today),
  );
}
