import { detectAnomalies } from "../lib/ai/oracle/mod.ts";
import { userProfileKey } from "../lib/cache/mod.ts";
import type { Platform } from "../lib/platform.ts";
import { oracleJob } from "./oracle/mod.ts";
import { type CronJob, Runner } from "./runner/mod.ts";
import { trustDecayJob } from "./trust_decay/mod.ts";

/**
 * When each job is due, UTC; `registerCrons` reads it before there is a platform. A new job is a line here and one in
 * `scheduledJobs`: history, catching up, manual runs, `/api/cron/NAME` and its card on `/admin/jobs` come with it.
 */
export const SCHEDULES = {
  "oracle": "0 0 * * *",
  "trust-decay": "0 0 * * SUN",
} as const;

/** All jobs that have a schedule. */
export function scheduledJobs(
  platform: Pick<
    Platform,
    "kv" | "now" | "newId" | "queue" | "store" | "cache"
  >,
): CronJob[] {
  const { kv, now, newId, queue, store, cache } = platform;
  return [
    oracleJob({ kv, now, queue, detect: detectAnomalies }),
    trustDecayJob({
      kv,
      newId,
      queue,
      remote: store.remote,
      forgetProfiles: () => cache.clear(userProfileKey.kind.name),
    }),
  ];
}

const runners = new WeakMap<Platform, Runner>();

/** The platform's runner of scheduled jobs; crons, the API and the admin pages share it. */
export function runnerOf(platform: Platform): Runner {
  let runner = runners.get(platform);
  if (!runner) {
    const made = new Runner(platform, scheduledJobs(platform));
    platform.onClose(() => made.stop());
    runners.set(platform, runner = made);
  }
  return runner;
}
