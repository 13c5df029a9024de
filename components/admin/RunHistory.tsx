import RelativeTime from "../../islands/RelativeTime.tsx";
import type { JobOverview } from "../../jobs/overview.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { duration } from "./duration.ts";
import { StatusChip, took } from "./JobCard.tsx";

/** Runs of all jobs, the newest first. */
export function RunHistory(
  { jobs, open }: { jobs: JobOverview[]; open: string | undefined },
) {
  const { t } = usePageReader();
  const runs = jobs.flatMap((job) =>
    job.runs.map((run) => ({ run, title: job.title }))
  ).sort((a, b) => b.run.startedAt - a.run.startedAt).slice(0, 40);
  return (
    <section class="section" aria-labelledby="jobs-history">
      <div class="section-head">
        <h2 id="jobs-history">{t("admin.jobs.history")}</h2>
      </div>
      {runs.length === 0
        ? <p class="card table-empty">{t("admin.jobs.historyNone")}</p>
        : (
          <ul class="card rows">
            {runs.map(({ run, title }) => (
              <li
                key={run.id}
                class="row case-row"
                aria-current={run.id === open ? "true" : undefined}
              >
                <div class="row-main">
                  <a
                    class="row-link"
                    href={`/admin/jobs?job=${run.job}&run=${run.id}`}
                  >
                    {title}
                  </a>
                  <p class="row-line">
                    {t(
                      run.dryRun
                        ? "admin.jobs.trigger.dry"
                        : `admin.jobs.trigger.${run.trigger}`,
                    )}
                    {run.finishedAt !== undefined &&
                      ` · ${duration(took(run))}`}
                    {" · "}
                    <RelativeTime at={run.startedAt} />
                  </p>
                </div>
                <StatusChip run={run} />
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}
