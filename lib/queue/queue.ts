import { type Change, commit, keys, retryConflicts } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { createJobBell } from "./doorbell.ts";
import { jobRows, type UniqueRow } from "./row.ts";
import type { Job, NewJob, Queue } from "./types.ts";
import { Worker, type WorkerOptions, type WorkerStats } from "./worker.ts";

export interface QueueOptions
  extends Pick<Deps, "kv" | "now" | "newId">, WorkerOptions {
  /** Whether the runtime has `kv.enqueue`; found out when absent. Pass `false` on Deno Deploy. */
  native?: boolean;
  /** A second handle of the same store for the watch, where the store is remote. */
  watchKv?: Deno.Kv;
  /** Runs each attempt (tracing). */
  around?: (job: Job, run: () => Promise<void>) => Promise<void>;
}

/** The queue with what its owner (not its users) needs. */
export interface WorkQueue extends Queue {
  /**
   * As `plan`, but leaves out the jobs whose unique key is held at the moment, so that a duplicate does not fail the
   * caller's commit. Read it inside the same `retryConflicts` attempt.
   */
  planNew(jobs: NewJob[]): Promise<Required<Change>>;
  /** Waits until nothing is due and nothing runs here, at most `ms` milliseconds. */
  drain(ms: number): Promise<void>;
  /** How other isolates are woken, as found out so far. */
  readonly doorbell: "native" | "watch";
  readonly stats: Readonly<WorkerStats>;
}

/** denokv takes at most 10 checks in a commit, and 100 rows of 48 KiB would pass its 800 KiB. */
const JOBS_PER_COMMIT = 10;

export function createQueue(options: QueueOptions): WorkQueue {
  const { kv, around } = options;
  const handlers = new Map<string, Parameters<Queue["handle"]>[1]>();
  const worker = new Worker(options, handlers, options);
  const doorbell = createJobBell(options);
  let started = false;

  function plan(jobs: NewJob[]): Required<Change> {
    const change = jobRows(options, jobs);
    if (jobs.length > 0) change.mutations.push(...doorbell.mutations());
    return change;
  }

  async function planNew(jobs: NewJob[]): Promise<Required<Change>> {
    const seen = new Set<string>();
    const fresh: NewJob[] = [];
    for (const job of jobs) {
      if (job.uniqueKey !== undefined) {
        if (seen.has(job.uniqueKey)) continue;
        seen.add(job.uniqueKey);
        const held = await kv.get<UniqueRow>(keys.jobUnique(job.uniqueKey));
        if (held.value !== null) continue;
      }
      fresh.push(job);
    }
    return plan(fresh);
  }

  function ring() {
    worker.look();
    doorbell.ring();
  }

  async function enqueue(...jobs: NewJob[]) {
    for (let from = 0; from < jobs.length; from += JOBS_PER_COMMIT) {
      const some = jobs.slice(from, from + JOBS_PER_COMMIT);
      // Planned once and committed with the same ids: a retry after an unknown outcome writes the same rows.
      await retryConflicts(async () => {
        const change = await planNew(some);
        if (change.mutations.length === 0) return true;
        return await commit(kv, change) ? true : null;
      });
    }
    ring();
  }

  return {
    plan,
    planNew,
    ring,
    enqueue,
    handle(kind, handler) {
      if (started) {
        throw new Error(`Register the handler of ${kind} before start()`);
      }
      if (handlers.has(kind)) {
        throw new Error(`There is a handler of ${kind} already`);
      }
      handlers.set(
        kind,
        around
          ? (job, signal) => around(job, () => handler(job, signal))
          : handler,
      );
    },
    start() {
      if (started) return;
      started = true;
      doorbell.listen(() => worker.look());
      worker.start();
    },
    async stop() {
      await worker.stop();
      await doorbell.close();
    },
    drain: (ms) => worker.drain(ms),
    get doorbell() {
      return doorbell.mode;
    },
    get stats() {
      return worker.stats;
    },
  };
}
