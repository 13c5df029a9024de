import { FlaskConical, Play } from "lucide-preact";
import RelativeTime from "../../islands/RelativeTime.tsx";
import type { JobOverview } from "../../jobs/overview.ts";
import type { Run } from "../../jobs/runner/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { duration } from "./duration.ts";

/** A job: when it is due, how its runs went, and the way to start it. */
export function JobCard({ job }: { job: JobOverview }) {
  const { t } = usePageReader();
  const { name, title, schedule, nextAt, runs, current } = job;
  const last = runs.find((run) => run.finishedAt !== undefined && !run.dryRun);
  return (
    <li class="card job-card">
      <div class="job-head">
        <h2>{title}</h2>
        <code title={t("admin.jobs.cron")}>{schedule}</code>
      </div>
      <dl class="job-facts">
        <div>
          <dt>{t("admin.jobs.next")}</dt>
          <dd>
            {nextAt === undefined ? "–" : <RelativeTime at={nextAt} />}
          </dd>
        </div>
        <div>
          <dt>{t("admin.jobs.last")}</dt>
          <dd>
            {last
              ? (
                <>
                  <StatusChip run={last} /> {duration(took(last))}
                </>
              )
              : "–"}
          </dd>
        </div>
      </dl>
      <RunBars job={job} />
      <form method="post" action="/admin/jobs" class="job-actions">
        <input type="hidden" name="job" value={name} />
        <button
          type="submit"
          name="do"
          value="run"
          class="button small"
          aria-label={t("admin.jobs.runNamed", { job: title })}
        >
          <Play size={14} aria-hidden="true" />
          {t("admin.jobs.run")}
        </button>
        <button
          type="submit"
          name="do"
          value="dry"
          class="button small quiet"
          aria-label={t("admin.jobs.dryNamed", { job: title })}
        >
          <FlaskConical size={14} aria-hidden="true" />
          {t("admin.jobs.dry")}
        </button>
        {current && (
          <a
            class="job-current"
            href={`/admin/jobs?job=${name}&run=${current.id}`}
          >
            {t(`admin.jobs.status.${current.status}`)}
          </a>
        )}
      </form>
    </li>
  );
}

/** The newest runs, a bar each: high for long ones, coloured by how they ended. */
function RunBars({ job }: { job: JobOverview }) {
  const { t } = usePageReader();
  const runs = job.runs.slice(0, 20).toReversed();
  if (runs.length === 0) {
    return <p class="quiet-text job-bars-none">{t("admin.jobs.never")}</p>;
  }
  const most = Math.max(1, ...runs.map(took));
  const failed = runs.filter((run) => run.status === "failed").length;
  return (
    <svg
      class="job-bars"
      viewBox="0 0 200 40"
      preserveAspectRatio="none"
      role="img"
      aria-label={t("admin.jobs.bars", {
        runs: runs.length,
        failed,
        longest: duration(most),
      })}
    >
      {runs.map((run, i) => {
        const height = Math.max(4, 38 * Math.sqrt(took(run) / most));
        return (
          <rect
            key={run.id}
            class={run.dryRun ? "dry" : run.status}
            x={(20 - runs.length + i) * 10 + 1}
            y={40 - height}
            width="8"
            height={height}
            rx="1.5"
          />
        );
      })}
    </svg>
  );
}

export const took = (run: Run): number =>
  Math.max(0, (run.finishedAt ?? run.startedAt) - run.startedAt);

const TONES: Partial<Record<Run["status"], string>> = {
  succeeded: "good",
  failed: "bad",
  running: "accent",
  waiting: "accent",
};

export function StatusChip({ run }: { run: Run }) {
  const { t } = usePageReader();
  return (
    <span class={`chip ${TONES[run.status] ?? ""}`}>
      {t(`admin.jobs.status.${run.status}`)}
    </span>
  );
}
