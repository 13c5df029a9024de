import { z } from "zod";
import type {
  Activity,
  Anomaly,
  OracleReport,
} from "../../lib/ai/oracle/mod.ts";
import { CRITICAL } from "../../lib/ai/oracle/mod.ts";
import { listActivity } from "../../lib/activity/mod.ts";
import { DAY } from "../../lib/clock.ts";
import { keys, set } from "../../lib/kv/mod.ts";
import { notifyJob } from "../../lib/notifications/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import { type CronJob, doublingDelay, type RunContext } from "../runner/mod.ts";
import { adminIds } from "../../lib/users/mod.ts";
import { recordCase } from "./record.ts";
import { ANOMALY_KEPT, REPORT_KEPT, type StoredReport } from "./types.ts";

/** Weeks before the window: what is normal for whom. */
const BASELINE = 28 * DAY;
const WINDOW = 7 * DAY;

/** Criticals that nobody has been told of, in the order found; kept so that a resumed run still tells. */
const Checkpoint = z.object({
  recorded: z.number(),
  cases: z.number(),
  news: z.array(z.object({
    caseId: z.string(),
    kind: z.string(),
    reason: z.string(),
    riskScore: z.number(),
  })),
});
export type Progress = z.infer<typeof Checkpoint>;

/** Evidence of a few anomalies may fill a commit's 800 KiB. */
const ANOMALIES_A_COMMIT = 10;

export interface OracleJobOptions extends Pick<Deps, "kv" | "now" | "queue"> {
  /** `detectAnomalies` of `lib/ai/oracle`. */
  detect: (activity: AsyncIterable<Activity>) => Promise<OracleReport>;
}

/** The daily look at what everybody did in the last seven days. */
export function oracleJob(
  { kv, now, queue, detect }: OracleJobOptions,
): CronJob {
  return {
    name: "oracle",
    title: "Oracle",
    schedule: "0 0 * * *",
    catchUp: 3 * DAY,
    overlap: "wait",
    attempts: 5,
    retryDelay: doublingDelay,
    async run(context) {
      const { asOf, signal } = context;
      let activities = 0;
      async function* counted(): AsyncGenerator<Activity> {
        const from = asOf - WINDOW - BASELINE;
        for await (const one of listActivity(kv, from, asOf)) {
          if (++activities % 1_000 === 0) {
            signal.throwIfAborted();
            context.progress(activities);
          }
          yield one;
        }
      }
      // The report is a function of the activities up to `asOf`: a resumed run comes to the same one.
      const report = await detect(counted());
      const critical = report.anomalies.filter(isCritical).length;
      context.log(
        `${activities} activities, ${report.anomalies.length} anomalies, ${critical} of them critical`,
      );
      await keepAnomalies(context, report.anomalies);
      const progress = await recordAll(kv, context, report.anomalies);
      const stored: StoredReport = {
        runId: context.runId,
        at: asOf,
        window: { from: asOf - WINDOW, to: asOf },
        health: report.health,
        anomalies: report.anomalies.length,
        critical,
        activities,
        expiresAt: asOf + REPORT_KEPT,
      };
      await finish({ kv, now, queue }, context, stored, progress);
      return {
        activities,
        anomalies: report.anomalies.length,
        critical,
        newCritical: progress.news.length,
        newCases: progress.cases,
        health: report.health.score,
      };
    },
  };
}

function isCritical(anomaly: Anomaly): boolean {
  return anomaly.riskScore >= CRITICAL;
}

async function keepAnomalies(context: RunContext, anomalies: Anomaly[]) {
  for (let i = 0; i < anomalies.length; i += ANOMALIES_A_COMMIT) {
    await context.commit({
      mutations: anomalies.slice(i, i + ANOMALIES_A_COMMIT).map((anomaly) =>
        set(
          keys.oracleAnomaly(context.runId, anomaly.id),
          anomaly,
          ANOMALY_KEPT,
        )
      ),
    });
  }
}

/** Turns anomalies into sightings of cases, one commit each with the checkpoint: none is counted twice. */
async function recordAll(
  kv: Deno.Kv,
  context: RunContext,
  anomalies: Anomaly[],
): Promise<Progress> {
  let progress = Checkpoint.nullable().parse(context.checkpoint) ??
    { recorded: 0, cases: 0, news: [] };
  while (progress.recorded < anomalies.length) {
    context.signal.throwIfAborted();
    const anomaly = anomalies[progress.recorded]!;
    progress = await recordCase(kv, context, anomaly, progress);
    context.progress(progress.recorded, anomalies.length);
  }
  return progress;
}

/** The report's row and the word to the admins are one commit. */
async function finish(
  { kv, queue }: Pick<Deps, "kv" | "now" | "queue">,
  context: RunContext,
  report: StoredReport,
  { news }: Progress,
) {
  const worst = news.toSorted((a, b) => b.riskScore - a.riskScore)[0];
  const admins = worst ? await adminIds(kv) : [];
  const jobs = [];
  for (let i = 0; worst && i < admins.length; i += 100) {
    jobs.push(notifyJob({
      userIds: admins.slice(i, i + 100),
      type: "oracle_alert",
      data: {
        cases: news.length,
        ...worst,
        reason: worst.reason.slice(0, 200),
      },
      key: `oracle:${context.runId}`,
    }));
  }
  const planned = queue.plan(jobs);
  await context.commit({
    checks: planned.checks,
    mutations: [
      set(
        keys.oracleReport(report.at, report.runId),
        report,
        REPORT_KEPT,
      ),
      ...planned.mutations,
    ],
  });
  if (jobs.length > 0 && !context.dryRun) queue.ring();
}
