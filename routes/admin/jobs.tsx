import { type Context, page } from "fresh";
import { z } from "zod";
import {
  JobsPage,
  type JobsPageProps,
} from "../../components/admin/JobsPage.tsx";
import { runnerOf } from "../../jobs/catalogue.ts";
import {
  listScheduledJobs,
  requireJob,
  requireRun,
} from "../../jobs/overview.ts";
import { cancelRun } from "../../jobs/runner/mod.ts";
import { parseFields, readQuery } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import { requireUser } from "../../lib/http/session.ts";
import { readerOf } from "../../lib/i18n/mod.ts";
import {
  formFailure,
  orErrorPage,
  readForm,
  readFrame,
  seeOther,
} from "../../lib/pages/mod.ts";
import {
  discardDeadLetter,
  listDeadLetters,
  readBacklog,
  replayDeadLetter,
  replayDeadLetters,
} from "../../lib/queue/mod.ts";

const DONE = [
  "started",
  "cancelled",
  "replayed",
  "replayedAll",
  "discarded",
] as const;

const id = z.string().min(1).max(128);
const Deed = z.discriminatedUnion("do", [
  z.object({ do: z.enum(["run", "dry"]), job: id }),
  z.object({ do: z.literal("cancel"), job: id, run: id }),
  z.object({ do: z.enum(["replay", "discard"]), id }),
  z.object({ do: z.literal("replayAll") }),
]);

const Query = z.object({
  job: id.optional(),
  run: id.optional(),
  dead: z.string().max(500).optional(),
  done: z.string().optional(),
});

export const handler = define.handlers({
  GET: async (ctx) => page(await readPage(ctx, {})),
  async POST(ctx) {
    const form = await readForm(ctx.req);
    try {
      return seeOther(`/admin/jobs?${await perform(ctx, form)}`);
    } catch (error) {
      // Somebody else was quicker, or the job is running: the page says so.
      const failure = formFailure(error, form);
      return page(await readPage(ctx, { failure }), {
        status: failure.status,
      });
    }
  },
});

/** Does what a form asks for; returns the query of the page that tells. */
async function perform(
  ctx: Context<State>,
  form: FormData,
): Promise<URLSearchParams> {
  const { platform } = ctx.state;
  const runner = runnerOf(platform);
  const me = requireUser(ctx);
  const deed = parseFields(Deed, Object.fromEntries(form));
  switch (deed.do) {
    case "run":
    case "dry": {
      const { run, ended } = await runner.runNow(deed.job, {
        by: me.id,
        dryRun: deed.do === "dry",
      });
      ended.catch(() => {/* written down in the run */});
      return new URLSearchParams({
        job: deed.job,
        run: run.id,
        done: "started",
      });
    }
    case "cancel":
      await cancelRun(platform, deed.job, deed.run, me.name);
      return new URLSearchParams({
        job: deed.job,
        run: deed.run,
        done: "cancelled",
      });
    case "replay":
      await replayDeadLetter(platform, deed.id);
      return new URLSearchParams({ done: "replayed" });
    case "discard":
      await discardDeadLetter(platform, deed.id);
      return new URLSearchParams({ done: "discarded" });
    case "replayAll":
      await replayDeadLetters(platform);
      return new URLSearchParams({ done: "replayedAll" });
  }
}

async function readPage(
  ctx: Context<State>,
  given: Partial<JobsPageProps>,
): Promise<JobsPageProps> {
  const { platform, user } = ctx.state;
  const { t } = readerOf(user, null, platform.now);
  return await orErrorPage(async () => {
    const query = readQuery(ctx.url, Query);
    const runner = runnerOf(platform);
    const open = query.job && query.run
      ? await requireRun(
        platform,
        requireJob(runner, query.job).name,
        query.run,
      )
      : null;
    const [frame, jobs, backlog, dead] = await Promise.all([
      readFrame(ctx, requireUser(ctx)),
      listScheduledJobs(platform, runner, 30),
      readBacklog(platform),
      listDeadLetters(platform, { limit: 25, cursor: query.dead }),
    ]);
    const done = DONE.find((one) => one === query.done);
    return {
      frame,
      jobs,
      backlog,
      dead,
      open,
      failure: null,
      flash: done ? t(`admin.jobs.done.${done}`) : null,
      ...given,
    };
  });
}

export default define.page<typeof handler>(({ data }) => (
  <JobsPage
    {...data}
  />
));
