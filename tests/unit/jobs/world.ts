import { commit } from "../../../lib/kv/mod.ts";
import type { Deps } from "../../../lib/platform.ts";
import {
  type CronJob,
  Runner,
  type RunnerOptions,
} from "../../../jobs/runner/mod.ts";
import { countingIds, fakeClock } from "../../support/clock.ts";
import { SECOND } from "../../../lib/clock.ts";
import type { EventLog, NewEvent } from "../../../lib/realtime/mod.ts";
import { createQueue } from "../../../lib/queue/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";

const NOTHING = { epoch: 1, seq: 0, index: 0 };

/** An event log that keeps the contract's one atomic, and what was said. */
export function plainLog(kv: Deno.Kv, said: NewEvent[] = []): EventLog {
  return {
    async append({ events, checks = [], mutations = [] }) {
      const positions = events.map((_, index) => ({ epoch: 1, seq: 1, index }));
      const rows = typeof mutations === "function"
        ? mutations(positions, 0, [])
        : mutations;
      if (!await commit(kv, { checks, mutations: rows })) {
        throw new NexoraError("conflict");
      }
      said.push(...events);
      return positions;
    },
    head: () => Promise.resolve(NOTHING),
    heads: (channels) =>
      Promise.resolve(new Map(channels.map((name) => [name, NOTHING]))),
  };
}

/** A store, a clock that starts on a Saturday noon, and runners on both. */
export async function jobWorld() {
  const kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  const newId = countingIds();
  const said: NewEvent[] = [];
  const deps: Pick<Deps, "kv" | "now" | "newId" | "log"> = {
    kv,
    now: clock.now,
    newId,
    log: plainLog(kv, said),
  };
  const runners: Runner[] = [];
  return {
    ...deps,
    queue: createQueue({ kv, now: clock.now, newId, native: false }),
    clock,
    said,
    deps,
    /** A worker. Its heart beats when the test says so. */
    runner(jobs: CronJob[], options: RunnerOptions & { kv?: Deno.Kv } = {}) {
      const beats = new Set<() => void>();
      const own = options.kv
        ? { ...deps, kv: options.kv, log: plainLog(options.kv, said) }
        : deps;
      const runner = new Runner(own, jobs, {
        lease: 30 * SECOND,
        every(beat) {
          beats.add(beat);
          return () => void beats.delete(beat);
        },
        ...options,
      });
      // A killed process cannot be stopped.
      if (!options.kv) runners.push(runner);
      return Object.assign(runner, {
        beat: () => beats.forEach((beat) => beat()),
      });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(runners.map((runner) => runner.stop()));
      kv.close();
    },
  };
}

export function cronJob(
  given: Partial<CronJob> & Pick<CronJob, "run">,
): CronJob {
  return {
    name: "tally",
    title: "Tally",
    schedule: "0 * * * *",
    catchUp: 24 * 3_600_000,
    overlap: "wait",
    attempts: 3,
    retryDelay: () => 60_000,
    ...given,
  };
}
