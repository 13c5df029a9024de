import { DAY } from "../clock.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";

/** For this long somebody counts as being around, in milliseconds. */
const AROUND = 30 * DAY;

/** The row by which a tribunal's jurors are found among people who are around; it goes by itself. */
export function activeRow(userId: string): Mutation {
  return set(keys.juror(userId), true, AROUND);
}
