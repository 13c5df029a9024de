import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { readSigned } from "../../../../../lib/http/signed.ts";

/** Members of a presence channel: `{users: [{id}]}`. */
export const handler = endpoint({
  GET: async (ctx) => {
    await readSigned(ctx);
    return json({
      users: await ctx.state.platform.realtime.directory.users(
        ctx.params.channel!,
      ),
    });
  },
});
