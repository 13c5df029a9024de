import { runnerOf } from "../../../../jobs/catalogue.ts";
import { listScheduledJobs } from "../../../../jobs/overview.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";

/** Scheduled jobs with their next time and their newest runs. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform } = ctx.state;
    return json({
      jobs: await listScheduledJobs(platform, runnerOf(platform)),
    });
  },
});
