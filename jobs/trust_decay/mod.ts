import { keys } from "../../lib/kv/mod.ts";
import type { TrustDecay, TrustLoss } from "./rule.ts";

export { trustDecayJob, type TrustDecayOptions } from "./job.ts";
export { LOSS_LIMIT, QUIET_DAYS, TRUST_FLOOR, type TrustLoss } from "./rule.ts";

/** What inactivity has cost a user, newest first; half a year of it. */
export async function trustHistory(
  { kv }: { kv: Deno.Kv },
  userId: string,
): Promise<TrustLoss[]> {
  const { value } = await kv.get<TrustDecay>(keys.trustDecay(userId));
  return value?.history.toReversed() ?? [];
}
