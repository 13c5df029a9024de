import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, noContent } from "../../../../lib/http/endpoint.ts";
import { Termination } from "../../../../lib/realtime/inspect_actions.ts";

/** Closes every connection of `{userId}`, in all isolates. */
export const handler = endpoint({
  POST: async (ctx) => {
    const { userId } = await readBody(ctx.req, Termination);
    await ctx.state.platform.realtime.terminate(userId);
    return noContent();
  },
});
