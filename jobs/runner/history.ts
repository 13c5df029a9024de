import { NexoraError } from "../../lib/errors.ts";
import {
  commit,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import { endOfRun, type Lease } from "./claim.ts";
import type { Run } from "./types.ts";

export interface RunPage {
  items: Run[];
  /** For the next page; absent on the last. */
  cursor?: string;
}

/** Runs of a job, newest first. */
export async function listRuns(
  { kv, now }: Pick<Deps, "kv" | "now">,
  job: string,
  { limit = 20, cursor }: { limit?: number; cursor?: string } = {},
): Promise<RunPage> {
  const entries = kv.list<Run>({ prefix: keys.cronRuns(job) }, {
    limit,
    cursor,
    reverse: true,
  });
  const items: Run[] = [];
  let read = 0;
  for await (const { value } of entries) {
    read++;
    if (value.expiresAt > now()) items.push(value);
  }
  return read < limit || !entries.cursor
    ? { items }
    : { items, cursor: entries.cursor };
}

export async function getRun(
  { kv, now }: Pick<Deps, "kv" | "now">,
  job: string,
  runId: string,
): Promise<Run | null> {
  const { value } = await kv.get<Run>(keys.cronRun(job, runId));
  return value && value.expiresAt > now() ? value : null;
}

/**
 * Ends a run, whoever works on it: the fence moves on, so that from this moment it cannot write anything. Its worker
 * notices at its next write or heartbeat. What it has committed so far stays.
 *
 * @throws {NexoraError} `not_found`; `illegal_transition` when it has ended already
 */
export async function cancelRun(
  deps: Pick<Deps, "kv" | "now">,
  job: string,
  runId: string,
  by: string,
): Promise<Run> {
  const { kv, now } = deps;
  return await retryConflicts(async () => {
    const run = await getRun(deps, job, runId);
    if (!run) throw new NexoraError("not_found", "There is no such run");
    for await (
      const lease of kv.list<Lease>({ prefix: keys.cronLeases(job) })
    ) {
      if (lease.value.runId !== runId) continue;
      const scope = lease.key[3] as string;
      const fence = await kv.get<{ fence: number }>(keys.cronFence(job, scope));
      const at = now();
      const { retryAt: _, ...rest } = run;
      const cancelled: Run = {
        ...rest,
        status: "cancelled",
        finishedAt: at,
        logs: [...run.logs, { at, text: `Cancelled by ${by}` }],
      };
      const committed = await commit(kv, {
        checks: [unchanged(lease), unchanged(fence)],
        mutations: [
          ...endOfRun(cancelled, scope).mutations,
          set(fence.key, { fence: (fence.value?.fence ?? 0) + 1 }),
        ],
      });
      return committed ? cancelled : null;
    }
    throw new NexoraError("illegal_transition", "This run has ended already");
  });
}
