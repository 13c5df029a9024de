import { commitTogether } from "../../commit_together.ts";
import { retryConflicts } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { NewJob } from "../../queue/types.ts";
import { planTrustChange } from "./plan.ts";
import type { TrustChange } from "./types.ts";

export type TrustDeps = Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">;

/**
 * Changes somebody's trust and counters in a commit of its own. The same cause again, or a user who is gone, changes
 * nothing and answers `changed: false`.
 */
export function changeTrust(
  deps: TrustDeps,
  userId: string,
  what: TrustChange,
): Promise<{ trust: number; rank: string; changed: boolean }> {
  return retryConflicts(async () => {
    const { trust, rank, changed, jobs, ...plan } = await planTrustChange(
      deps,
      userId,
      what,
    );
    if (!changed) return { trust, rank, changed };
    // Counters alone are no news: then there are no events.
    return await commitTogether(deps, { ...plan, jobs })
      ? { trust, rank, changed }
      : null;
  });
}

export const TRUST_CHANGE_KIND = "trust-change";

/**
 * The job that changes somebody's trust later: for the many people (a tribunal's jurors) whose rows do not fit into
 * the checks of one atomic. Goes into the atomic of its cause.
 */
export function trustChangeJob(userId: string, change: TrustChange): NewJob {
  return { kind: TRUST_CHANGE_KIND, payload: { userId, ...change } };
}
