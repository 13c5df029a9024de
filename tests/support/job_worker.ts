/**
 * A process that runs one scheduled job over a SQLite file, to be killed while it does:
 *
 *     deno run -A tests/support/job_worker.ts PATH JOB [STOP]
 *
 * After STOP writes it stops itself (SIGSTOP), between two writes: within one it would keep SQLite's lock from all.
 * It prints `progress N` now and then, and `ended STATUS` at the end. Leases last a second, so that an heir need not
 * wait long.
 */
import { monotonicFactory } from "ulid";
import { detectAnomalies } from "../../lib/ai/oracle/mod.ts";
import { NexoraError } from "../../lib/errors.ts";
import { openStore } from "../../lib/kv/mod.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { oracleJob } from "../../jobs/oracle/mod.ts";
import { type CronJob, Runner } from "../../jobs/runner/mod.ts";
import { trustDecayJob } from "../../jobs/trust_decay/mod.ts";

const [path, name, stop] = Deno.args as [string, string, string?];
const store = await openStore(path);
const { kv } = store;
const now = Date.now;
const newId = monotonicFactory();
const log = new KvEventLog({ store, now, retention: 120_000 });
await log.open();
const queue = createQueue({ kv, now, newId, native: false });

/** Slows a job down and tells how far it is, so that a test can kill it in the middle. */
function watched(job: CronJob): CronJob {
  return {
    ...job,
    run: (context) =>
      job.run({
        ...context,
        async commit(...args) {
          const result = await context.commit(...args);
          await told();
          return result;
        },
        async append(...args) {
          const result = await context.append(...args);
          await told();
          return result;
        },
      }),
  };
}

let writes = 0;
async function told() {
  console.log(`progress ${++writes}`);
  if (writes === Number(stop)) Deno.kill(Deno.pid, "SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 5));
}

const jobs = [
  oracleJob({ kv, now, queue, detect: detectAnomalies }),
  trustDecayJob({ kv, newId, queue, remote: false }),
].map(watched);
const runner = new Runner({ kv, now, newId, log }, jobs, {
  lease: 1_000,
  every(beat) {
    const timer = setInterval(beat, 200);
    return () => clearInterval(timer);
  },
});
for (;;) {
  try {
    const run = await runner.runCurrent(name, { trigger: "http" });
    console.log(`ended ${run.status} ${run.attempts}`);
    break;
  } catch (error) {
    // The lease of a dead worker has not ended yet.
    const busy = error instanceof NexoraError &&
      error.code === "already_running";
    if (!busy) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
await log.close();
store.close();
Deno.exit(0);
