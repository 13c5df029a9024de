import { z } from "zod";
import { runnerOf } from "../../../../../../jobs/catalogue.ts";
import { requireJob } from "../../../../../../jobs/overview.ts";
import { listRuns } from "../../../../../../jobs/runner/mod.ts";
import { readBody, readQuery } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { Limit } from "../../../../../../lib/http/paging.ts";
import { requireUser } from "../../../../../../lib/http/session.ts";

const Query = z.object({
  cursor: z.string().max(500).optional(),
  limit: Limit.optional(),
});
const Start = z.object({ dryRun: z.boolean().default(false) });

/** Runs of a job, newest first; `POST {dryRun?}` starts one now and does not wait for its end. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform } = ctx.state;
    const job = requireJob(runnerOf(platform), ctx.params.job ?? "");
    const { cursor, limit } = readQuery(ctx.url, Query);
    const page = await listRuns(platform, job.name, { cursor, limit });
    return json({ runs: page.items, cursor: page.cursor ?? null });
  },
  POST: async (ctx) => {
    const { platform } = ctx.state;
    const { dryRun } = await readBody(ctx.req, Start);
    const job = requireJob(runnerOf(platform), ctx.params.job ?? "");
    const { run, ended } = await runnerOf(platform).runNow(job.name, {
      by: requireUser(ctx).id,
      dryRun,
    });
    ended.catch(() => {/* written down in the run */});
    return json({ run }, {
      status: 202,
      headers: { location: `/api/admin/jobs/${job.name}/runs/${run.id}` },
    });
  },
});
