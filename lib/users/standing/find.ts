import { keys } from "../../kv/mod.ts";
import { newStanding } from "./count.ts";
import type { Standing, TrustRecord } from "./types.ts";

/** Somebody's counters; zeros before anything happened. */
export async function getStanding(
  kv: Deno.Kv,
  userId: string,
): Promise<Standing> {
  const { value } = await kv.get<Standing>(keys.standing(userId));
  return value ?? newStanding(userId);
}

/** The latest changes of somebody's trust, newest first. */
export async function listTrustHistory(
  kv: Deno.Kv,
  userId: string,
  limit = 50,
): Promise<TrustRecord[]> {
  const rows = kv.list<TrustRecord>({ prefix: keys.trustChanges(userId) }, {
    reverse: true,
    limit,
  });
  return await Array.fromAsync(rows, (row) => row.value);
}
