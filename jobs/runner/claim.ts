import { DAY } from "../../lib/clock.ts";
import {
  type Change,
  type Check,
  commitStamped,
  keys,
  type Mutation,
  set,
  unchanged,
} from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import type { Slot } from "./schedule.ts";
import type { CronJob, Run, Trigger } from "./types.ts";

/** Stored under `["cron","lease",job,scope]` while a run is unfinished. */
export interface Lease {
  runId: string;
  slot: Slot;
  /** Names one claim; `null` while the run waits for its next attempt. */
  token: string | null;
  /** Milliseconds: when the claim ends unless renewed, or when the next attempt is due. */
  until: number;
}

/** Stored under `["cron","slot",job,slot]`: a slot that has a row has been taken, for good. */
export interface SlotRow {
  runId: string;
  finished: boolean;
}

interface FenceRow {
  fence: number;
}

export const RUN_KEPT = 90 * DAY;
/** Longer than any catch-up window, so that a slot is never taken for a missed one. */
const SLOT_KEPT = 400 * DAY;

/** What a worker holds while it runs a slot. */
export interface Claim {
  run: Run;
  slot: Slot;
  scope: string;
  fence: Check;
  token: string;
}

export type ClaimResult =
  | { outcome: "claimed"; claim: Claim }
  /** The slot has been run. */
  | { outcome: "finished"; runId: string }
  /** Another worker is at it, or the slot waits for its next attempt. */
  | { outcome: "running"; runId: string }
  /** An earlier slot is unfinished; `stale` when nobody works on it. */
  | { outcome: "busy"; lease: Lease; stale: boolean };

export interface ClaimRequest {
  slot: Slot;
  scope: string;
  trigger: Trigger;
  by?: string;
  dryRun: boolean;
  /** A run that waits for a later attempt may be taken before that. */
  impatient?: boolean;
}

/**
 * Tries to become the worker of a slot. One atomic checks the slot, the lease and the fence, so of any number of
 * workers one wins; its fence invalidates whatever an earlier worker of the job still tries to write.
 */
export async function claimSlot(
  { kv, now, newId }: Pick<Deps, "kv" | "now" | "newId">,
  job: CronJob,
  request: ClaimRequest,
  leaseMs: number,
): Promise<ClaimResult> {
  const { slot, scope } = request;
  const token = newId();
  const freshId = newId();
  for (;;) {
    const [slotRow, lease, fence] = await kv.getMany<
      [SlotRow, Lease, FenceRow]
    >([
      keys.cronSlot(job.name, slot.key),
      keys.cronLease(job.name, scope),
      keys.cronFence(job.name, scope),
    ]);
    const at = now();
    const held = lease.value;
    const runId = slotRow.value?.runId ?? freshId;
    const before = slotRow.value === null
      ? null
      : (await kv.get<Run>(keys.cronRun(job.name, runId))).value;
    if (held?.token === token && before) {
      // The commit below happened although its answer was lost.
      return {
        outcome: "claimed",
        claim: { run: before, slot, scope, fence: unchanged(fence), token },
      };
    }
    if (slotRow.value?.finished) return { outcome: "finished", runId };
    if (held !== null) {
      const live = held.until > at &&
        !(request.impatient && held.token === null);
      if (held.runId !== runId) {
        return { outcome: "busy", lease: held, stale: !live };
      }
      if (live) return { outcome: "running", runId };
    }
    const run = begun(job, request, before, runId, at);
    const change = {
      checks: [slotRow, lease, fence].map(unchanged),
      mutations: [
        set(
          slotRow.key,
          { runId, finished: false } satisfies SlotRow,
          SLOT_KEPT,
        ),
        set(
          lease.key,
          { runId, slot, token, until: at + leaseMs } satisfies Lease,
        ),
        set(
          fence.key,
          { fence: (fence.value?.fence ?? 0) + 1 } satisfies FenceRow,
        ),
        runMutation(run),
      ],
    };
    const versionstamp = await commitStamped(kv, change);
    if (versionstamp === null) continue;
    return {
      outcome: "claimed",
      claim: {
        run,
        slot,
        scope,
        fence: { key: fence.key, versionstamp },
        token,
      },
    };
  }
}

function begun(
  job: CronJob,
  { slot, trigger, by, dryRun }: ClaimRequest,
  before: Run | null,
  id: string,
  at: number,
): Run {
  if (before) {
    const { retryAt: _, finishedAt: __, ...run } = before;
    return { ...run, status: "running", attempts: run.attempts + 1 };
  }
  return {
    id,
    job: job.name,
    slot: slot.key,
    slotAt: slot.at,
    slotUntil: slot.until,
    trigger,
    ...(by !== undefined && { by }),
    dryRun,
    status: "running",
    attempts: 1,
    failures: 0,
    startedAt: at,
    logs: [],
    expiresAt: at + RUN_KEPT,
  };
}

export function runMutation(run: Run): Mutation {
  return set(keys.cronRun(run.job, run.id), run, RUN_KEPT);
}

/** What ends a run for good: history, slot taken, lease and checkpoint gone. */
export function endOfRun(run: Run, scope: string): Required<Change> {
  return {
    checks: [],
    mutations: [
      runMutation(run),
      set(
        keys.cronSlot(run.job, run.slot),
        { runId: run.id, finished: true } satisfies SlotRow,
        SLOT_KEPT,
      ),
      { type: "delete", key: keys.cronLease(run.job, scope) },
      { type: "delete", key: keys.cronCheckpoint(run.job, run.id) },
    ],
  };
}
