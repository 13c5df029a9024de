import { keys } from "../../kv/mod.ts";
import { newStanding } from "./count.ts";
import type { User } from "../types.ts";
import { lossRecords } from "./absence.ts";
import type { Standing, TrustRecord } from "./types.ts";

/** Somebody's counters; zeros before anything happened. */
export async function getStanding(
  kv: Deno.Kv,
  userId: string,
): Promise<Standing> {
  const { value } = await kv.get<Standing>(keys.standing(userId));
  return value ?? newStanding(userId);
}

/** The latest changes of somebody's trust, newest first: those by what they did, and those by being away. */
export async function listTrustHistory(
  kv: Deno.Kv,
  userId: string,
  limit = 50,
): Promise<TrustRecord[]> {
  const rows = kv.list<TrustRecord>({ prefix: keys.trustChanges(userId) }, {
    reverse: true,
    limit,
  });
  const [changes, { value: user }] = await Promise.all([
    Array.fromAsync(rows, (row) => row.value),
    kv.get<User>(keys.user(userId)),
  ]);
  const losses = lossRecords(user?.absence);
  if (losses.length === 0) return changes;
  return [...changes, ...losses.reverse()]
    .sort((a, b) => b.at - a.at)
    .slice(0, limit);
}
