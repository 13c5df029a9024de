import { endpoint, json } from "../../../../../lib/http/endpoint.ts";

/** Sends the endpoint an event that never happened; answers how that ended. */
export const handler = endpoint({
  POST: async (ctx) => {
    const { webhooks } = ctx.state.platform.realtime;
    return json({ delivery: await webhooks.test(ctx.params.id ?? "") });
  },
});
