import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { readSigned } from "../../../../../lib/http/signed.ts";

/** Closes every connection of a user, in every isolate. */
export const handler = endpoint({
  POST: async (ctx) => {
    await readSigned(ctx);
    await ctx.state.platform.realtime.terminate(ctx.params.userId!);
    return json({});
  },
});
