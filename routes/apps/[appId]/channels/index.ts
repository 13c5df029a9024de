import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { readSigned } from "../../../../lib/http/signed.ts";

/** Occupied channels: `?filter_by_prefix=presence-&info=user_count`. */
export const handler = endpoint({
  GET: async (ctx) => {
    await readSigned(ctx);
    const query = ctx.url.searchParams;
    const channels = await ctx.state.platform.realtime.directory.channels(
      query.get("filter_by_prefix") ?? "",
      query.get("info"),
    );
    return json({ channels });
  },
});
