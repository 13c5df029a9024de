/**
 * What runs by itself. `main.ts` calls `registerCrons` at top level, where Deno Deploy reads the schedule. Every
 * isolate and every process registers the same crons; the runner sees to it that each slot runs once.
 */
import { sweepDeadlines } from "../lib/bounties/mod.ts";
import { sweepTribunals } from "../lib/disputes/mod.ts";
import { NexoraError } from "../lib/errors.ts";
import type { Platform } from "../lib/platform.ts";
import { runnerOf, SCHEDULES } from "./catalogue.ts";

/** Milliseconds that a sweep keeps an instance alive for jobs of the queue; the next one comes after a minute. */
const SWEEP = 50_000;

/**
 * Registers the crons of the platform that is being opened. All times are UTC. `NEXORA_CRON=0` leaves them out, for
 * deployments where another scheduler calls `/api/cron/*`.
 */
export function registerCrons(opening: Promise<Platform>): void {
  if (Deno.env.get("NEXORA_CRON") === "0") return;
  if (typeof Deno.cron !== "function") {
    console.warn("Deno.cron is not there: run with --unstable-cron");
    return;
  }
  // Resumes what a killed worker left, runs what was missed, and wakes a sleeping deployment.
  Deno.cron("job supervisor", "* * * * *", async () => {
    await runnerOf(await opening).supervise();
  });
  // Where nobody rings: jobs that became due, and bells that were lost.
  Deno.cron("queue sweep", "* * * * *", async () => {
    await (await opening).queue.drain(SWEEP);
  });
  // Tribunals and bounties whose end was lost with its job.
  Deno.cron("tribunals", "*/10 * * * *", async () => {
    await sweepTribunals(await opening);
    await sweepDeadlines(await opening);
  });
  for (const [job, schedule] of Object.entries(SCHEDULES)) {
    Deno.cron(job.replaceAll("-", " "), schedule, () => runSlot(opening, job));
  }
}

/** Runs the slot that is due, unless another isolate is at it. */
async function runSlot(opening: Promise<Platform>, job: string): Promise<void> {
  try {
    await runnerOf(await opening).runCurrent(job, { trigger: "cron" });
  } catch (error) {
    // Somebody else runs it, or this server is leaving and another will.
    if (
      error instanceof NexoraError &&
      ["already_running", "draining"].includes(error.code)
    ) return;
    console.error(`The ${job} cron failed:`, error);
  }
}
