import type { JobOverview } from "../../jobs/overview.ts";
import type { Run } from "../../jobs/runner/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame } from "../../lib/pages/mod.ts";
import type { Backlog, DeadLetterPage } from "../../lib/queue/mod.ts";
import { Notice } from "../forms/Notice.tsx";
import { AdminPage } from "./AdminPage.tsx";
import { JobCard } from "./JobCard.tsx";
import { QueueSections } from "./QueueSections.tsx";
import { RunHistory } from "./RunHistory.tsx";
import { RunSheet } from "./RunSheet.tsx";

export interface JobsPageProps {
  frame: Frame;
  jobs: JobOverview[];
  backlog: Backlog;
  dead: DeadLetterPage;
  /** The run that is looked at. */
  open: Run | null;
  failure: FormFailure | null;
  flash: string | null;
}

/** What runs by itself: when, how it went, what waits, what was given up. */
export function JobsPage(props: JobsPageProps) {
  const { frame, jobs, backlog, dead, open, failure, flash } = props;
  const { t } = usePageReader();
  const title = open &&
    jobs.find((job) => job.name === open.job)?.title;
  return (
    <AdminPage
      frame={frame}
      title={t("admin.jobs")}
      about={t("admin.jobsAbout")}
      flash={flash}
    >
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      {open && <RunSheet run={open} title={title ?? open.job} />}
      <ul class="job-cards">
        {jobs.map((job) => <JobCard key={job.name} job={job} />)}
      </ul>
      <div class="live-columns">
        <div>
          <RunHistory jobs={jobs} open={open?.id} />
        </div>
        <div>
          <QueueSections backlog={backlog} dead={dead} />
        </div>
      </div>
    </AdminPage>
  );
}
