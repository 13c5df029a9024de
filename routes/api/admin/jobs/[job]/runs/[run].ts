import { runnerOf } from "../../../../../../jobs/catalogue.ts";
import { requireJob, requireRun } from "../../../../../../jobs/overview.ts";
import { cancelRun } from "../../../../../../jobs/runner/mod.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../../lib/http/session.ts";

/** One run with its log and progress; `DELETE` cancels it. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform } = ctx.state;
    const job = requireJob(runnerOf(platform), ctx.params.job ?? "");
    return json({
      run: await requireRun(platform, job.name, ctx.params.run ?? ""),
    });
  },
  DELETE: async (ctx) => {
    const { platform } = ctx.state;
    const job = requireJob(runnerOf(platform), ctx.params.job ?? "");
    const by = requireUser(ctx).name;
    return json({
      run: await cancelRun(platform, job.name, ctx.params.run ?? "", by),
    });
  },
});
