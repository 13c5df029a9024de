import { type Change, commit, keys, set } from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import { type Claim, endOfRun, type Lease, runMutation } from "./claim.ts";
import { createContext } from "./context.ts";
import { type CronJob, type Run, RunLost } from "./types.ts";

/** The reason of an abort at shutdown: another worker goes on at once. */
export class Stopping extends Error {
  override name = "Stopping";
}

/** A run whose worker died this often is what kills it. Deployments and outages kill some runs, but not these many. */
const DEATHS = 20;

export interface AttemptOptions {
  /** Milliseconds. */
  lease: number;
  /** Calls `beat` regularly until the returned function is called. */
  every: (beat: () => void) => () => void;
  abort: AbortController;
}

/**
 * One attempt at a claimed slot: runs the job under heartbeats and writes what became of it. Every write checks the
 * fence, so a worker that was thought dead and comes back changes nothing. Returns the run, or `null` when it was lost.
 */
export async function attemptRun(
  deps: Pick<Deps, "kv" | "now" | "log">,
  job: CronJob,
  claim: Claim,
  { lease, every, abort }: AttemptOptions,
): Promise<Run | null> {
  const { kv, now } = deps;
  const { run, scope, slot, token } = claim;
  const leaseKey = keys.cronLease(job.name, scope);
  const fenced = (change: Change) =>
    commit(kv, {
      checks: [claim.fence, ...change.checks ?? []],
      mutations: change.mutations,
    });
  const leaseRow = (token: string | null, until: number) =>
    set(leaseKey, { runId: run.id, slot, token, until } satisfies Lease);

  // Heartbeats and the end are in line: a late heartbeat must not bring back a lease that the end has removed.
  let line: Promise<unknown> = Promise.resolve();
  let ended = false;
  const beat = () => {
    line = line.then(async () => {
      if (ended) return;
      const held = await fenced({
        mutations: [leaseRow(token, now() + lease), runMutation(run)],
      });
      if (!held) abort.abort(new RunLost("Another worker took over"));
    }).catch(() => {/* tried again at the next beat, while the lease lasts */});
  };

  const died = () => run.attempts - run.failures > DEATHS;

  async function work(): Promise<Change> {
    try {
      if (died()) throw new Error("Its worker died again and again");
      const saved = await kv.get(keys.cronCheckpoint(job.name, run.id));
      const context = createContext(deps, claim, saved.value, abort.signal);
      if (run.attempts > 1) {
        context.log(
          saved.value === null
            ? `Attempt ${run.attempts}, from the beginning`
            : `Attempt ${run.attempts}, from the last checkpoint`,
        );
      }
      const stats = await job.run(context);
      abort.signal.throwIfAborted();
      delete run.error;
      Object.assign(run, { status: "succeeded", finishedAt: now(), stats });
      return endOfRun(run, scope);
    } catch (error) {
      return failed(abort.signal.aborted ? abort.signal.reason : error);
    }
  }

  function failed(error: unknown): Change {
    if (error instanceof RunLost) throw error;
    const at = now();
    if (error instanceof Stopping) {
      run.status = "waiting";
      run.retryAt = at;
      run.attempts--;
      run.logs.push({ at, text: "Interrupted, another worker goes on" });
      return { mutations: [leaseRow(null, at), runMutation(run)] };
    }
    run.error = error instanceof Error ? error.message : String(error);
    run.logs.push({ at, text: `Attempt ${run.attempts}: ${run.error}` });
    console.error(
      `${job.name} ${run.slot}, attempt ${run.attempts}, failed:`,
      error,
    );
    run.failures++;
    if (run.failures >= job.attempts || run.dryRun || died()) {
      run.status = "failed";
      run.finishedAt = at;
      return endOfRun(run, scope);
    }
    run.status = "waiting";
    run.retryAt = at + job.retryDelay(run.failures);
    return { mutations: [leaseRow(null, run.retryAt), runMutation(run)] };
  }

  const stopBeating = every(beat);
  try {
    const change = await work();
    stopBeating();
    ended = true;
    await line;
    return await fenced(change) ? run : null;
  } catch (error) {
    if (error instanceof RunLost) return null;
    throw error;
  } finally {
    stopBeating();
    ended = true;
  }
}
