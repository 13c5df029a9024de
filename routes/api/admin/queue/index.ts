import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { readBacklog } from "../../../../lib/queue/mod.ts";

/** How many jobs of the queue wait, run, or are due later, by kind. */
export const handler = endpoint({
  GET: async (ctx) => json({ backlog: await readBacklog(ctx.state.platform) }),
});
