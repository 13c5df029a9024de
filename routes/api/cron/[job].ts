import { z } from "zod";
import { NexoraError } from "../../../lib/errors.ts";
import type { State } from "../../../lib/http/define.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { problem } from "../../../lib/http/problem.ts";
import { runnerOf } from "../../../jobs/catalogue.ts";
import { bearerMatches } from "../../../jobs/bearer.ts";
import { runStatus } from "../../../jobs/status.ts";

const Query = z.object({ dryRun: z.enum(["0", "1"]).default("0") });

/** Runs the job's current slot, unless it has been run: then it answers with that run. `?dryRun=1` only tells. */
async function run(
  { req, url, params, state }: {
    req: Request;
    url: URL;
    params: Record<string, string>;
    state: State;
  },
): Promise<Response> {
  const { config } = state.platform;
  const authorization = req.headers.get("authorization");
  if (!await bearerMatches(authorization, config.cronSecret)) {
    return problem(
      new NexoraError(
        "unauthenticated",
        "Send the cron secret as a bearer token",
      ),
      { headers: { "www-authenticate": "Bearer" } },
    );
  }
  const query = Query.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) {
    throw new NexoraError("bad_request", "dryRun is 0 or 1");
  }
  const runner = runnerOf(state.platform);
  const job = params.job!;
  const done = query.data.dryRun === "1"
    ? await (await runner.runNow(job, { dryRun: true })).ended
    : await runner.runCurrent(job, { trigger: "http" });
  return json(runStatus(done, state.platform.now()));
}

export const handler = endpoint({ GET: run, POST: run });
