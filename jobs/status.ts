import { NexoraError } from "../lib/errors.ts";
import type { Run, Stats } from "./runner/mod.ts";

/** How a run is told to other programs. Times are ISO 8601. */
export interface RunStatusView {
  job: string;
  slot: string;
  status: Run["status"];
  startedAt: string;
  finishedAt: string | null;
  stats: Stats;
  runId: string;
  trigger: Run["trigger"];
  attempts: number;
  dryRun: boolean;
}

/**
 * The status of a run that has come to an end.
 *
 * @throws {NexoraError} `job_failed` when it failed, for good or for now
 */
export function runStatus(run: Run, now: number): RunStatusView {
  if (run.status === "failed" || (run.status === "waiting" && run.error)) {
    throw new NexoraError(
      "job_failed",
      `Run ${run.id} of ${run.job} for ${run.slot} failed: ${run.error}`,
      run.retryAt === undefined
        ? {}
        : { retryAfter: (run.retryAt - now) / 1_000 },
    );
  }
  return {
    job: run.job,
    slot: run.slot,
    status: run.status,
    startedAt: new Date(run.startedAt).toISOString(),
    finishedAt: run.finishedAt === undefined
      ? null
      : new Date(run.finishedAt).toISOString(),
    stats: run.stats ?? {},
    runId: run.id,
    trigger: run.trigger,
    attempts: run.attempts,
    dryRun: run.dryRun,
  };
}
