import { NexoraError } from "../lib/errors.ts";
import type { Deps } from "../lib/platform.ts";
import {
  type CronJob,
  getRun,
  listRuns,
  nextSlot,
  type Run,
  type Runner,
} from "./runner/mod.ts";

/** @throws {NexoraError} `not_found` */
export function requireJob({ jobs }: Runner, name: string): CronJob {
  const job = jobs.get(name);
  if (!job) throw new NexoraError("not_found", "There is no such job");
  return job;
}

/** @throws {NexoraError} `not_found` */
export async function requireRun(
  deps: Pick<Deps, "kv" | "now">,
  job: string,
  runId: string,
): Promise<Run> {
  const run = await getRun(deps, job, runId);
  if (!run) throw new NexoraError("not_found", "There is no such run");
  return run;
}

/** A job as an admin sees it in a list. */
export interface JobOverview {
  name: string;
  title: string;
  /** Cron expression, UTC. */
  schedule: string;
  /** When it is due next, in milliseconds. */
  nextAt: number | undefined;
  /** The newest runs, newest first, dry runs included. */
  runs: Run[];
  /** The run that is under way or waits for its next attempt. */
  current: Run | undefined;
}

/** All scheduled jobs with their newest `runs` runs. */
export async function listScheduledJobs(
  deps: Pick<Deps, "kv" | "now">,
  runner: Runner,
  runs = 10,
): Promise<JobOverview[]> {
  return await Promise.all(
    [...runner.jobs.values()].map(async ({ name, title, schedule }) => {
      const { items } = await listRuns(deps, name, { limit: runs });
      return {
        name,
        title,
        schedule,
        nextAt: nextSlot(schedule, deps.now()),
        runs: items,
        current: items.find((run) =>
          run.status === "running" || run.status === "waiting"
        ),
      };
    }),
  );
}
