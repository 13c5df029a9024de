import RunProgress from "../../islands/RunProgress.tsx";
import type { Run } from "../../jobs/runner/mod.ts";
import { exactTime, usePageReader } from "../../lib/i18n/mod.ts";
import { duration } from "./duration.ts";
import { StatusChip, took } from "./JobCard.tsx";

/** One run: what started it, how far it is, what it counted, what it said. */
export function RunSheet({ run, title }: { run: Run; title: string }) {
  const reader = usePageReader();
  const { t, locale } = reader;
  const ended = run.finishedAt !== undefined;
  const number = new Intl.NumberFormat(locale);
  return (
    <section class="card run" aria-labelledby="run-title">
      <header class="run-head">
        <div>
          <h2 id="run-title">
            {title}{" "}
            {run.dryRun && (
              <span class="chip">{t("admin.jobs.trigger.dry")}</span>
            )}
          </h2>
          <p class="quiet-text">
            {t("admin.jobs.began", { time: exactTime(run.startedAt, reader) })}
            {run.attempts > 1 &&
              ` · ${t("admin.jobs.attempts", { count: run.attempts })}`}
            {ended && ` · ${duration(took(run))}`}
          </p>
        </div>
        {ended
          ? <StatusChip run={run} />
          : (
            <form method="post" action="/admin/jobs">
              <input type="hidden" name="job" value={run.job} />
              <input type="hidden" name="run" value={run.id} />
              <button
                type="submit"
                name="do"
                value="cancel"
                class="button small danger"
              >
                {t("admin.jobs.cancel")}
              </button>
            </form>
          )}
      </header>
      {run.error && <p class="run-error">{run.error}</p>}
      {run.stats && (
        <dl class="run-stats">
          {Object.entries(run.stats).map(([name, value]) => (
            <div key={name}>
              <dt>{words(name)}</dt>
              <dd>
                {typeof value === "number" ? number.format(value) : `${value}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <RunProgress
        job={run.job}
        id={run.id}
        ended={ended}
        status={run.status}
        progress={run.progress}
        logs={run.logs}
      />
    </section>
  );
}

/** `newCritical` → `new critical`: counts are named by the job. */
const words = (name: string) =>
  name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
