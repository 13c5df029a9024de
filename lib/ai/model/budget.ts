import { DAY } from "../../clock.ts";
import { commit, keys, retryConflicts, set, unchanged } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import { OverBudget } from "./failure.ts";

/** What may be spent on a day of UTC, by all isolates together. */
export interface Allowance {
  requests: number;
  tokens: number;
}

/** What was spent on a day. */
export type Spent = Allowance;

const KEPT = 40 * DAY;

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** What was spent today. */
export async function readSpent(
  { kv, now }: Pick<Deps, "kv" | "now">,
): Promise<Spent> {
  const { value } = await kv.get<Spent>(keys.modelBudget(dayOf(now())));
  return value ?? { requests: 0, tokens: 0 };
}

/**
 * Takes a request and what it may cost at most out of today's budget, before it is made: many at once cannot overdraw
 * it together. The returned function settles what it did cost.
 *
 * @throws {OverBudget} when there is not enough left
 */
export async function reserve(
  { kv, now }: Pick<Deps, "kv" | "now">,
  allowance: Allowance,
  tokens: number,
): Promise<(used: number) => Promise<void>> {
  const day = dayOf(now());
  const change = (by: (spent: Spent) => Spent) =>
    retryConflicts(async () => {
      const entry = await kv.get<Spent>(keys.modelBudget(day));
      const spent = by(entry.value ?? { requests: 0, tokens: 0 });
      const written = await commit(kv, {
        checks: [unchanged(entry)],
        mutations: [set(entry.key, spent, KEPT)],
      });
      return written ? true : null;
    });
  await change((spent) => {
    if (
      spent.requests + 1 > allowance.requests ||
      spent.tokens + tokens > allowance.tokens
    ) throw new OverBudget(`Nothing left for ${day}`);
    return { requests: spent.requests + 1, tokens: spent.tokens + tokens };
  });
  return async (used) => {
    await change((spent) => ({
      ...spent,
      tokens: Math.max(0, spent.tokens - tokens + used),
    }));
  };
}
