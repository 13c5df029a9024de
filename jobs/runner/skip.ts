import { absent, commit, keys } from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import { type ClaimRequest, endOfRun, type Lease, RUN_KEPT } from "./claim.ts";
import type { CronJob, Run } from "./types.ts";

/** Leaves a slot out because an earlier one is unfinished, and says so in the history. */
export async function skipSlot(
  { kv, now, newId }: Pick<Deps, "kv" | "now" | "newId">,
  job: CronJob,
  { slot, trigger }: ClaimRequest,
  because: Lease,
): Promise<Run> {
  const at = now();
  const run: Run = {
    id: newId(),
    job: job.name,
    slot: slot.key,
    slotAt: slot.at,
    slotUntil: slot.until,
    trigger,
    dryRun: false,
    status: "skipped",
    attempts: 0,
    failures: 0,
    startedAt: at,
    finishedAt: at,
    logs: [{ at, text: `${because.slot.key} was unfinished` }],
    expiresAt: at + RUN_KEPT,
  };
  // Its own scope, so that the lease of the run that is unfinished stays.
  const change = endOfRun(run, slot.key);
  await commit(kv, {
    checks: [absent(keys.cronSlot(job.name, slot.key))],
    mutations: change.mutations,
  });
  return run;
}
