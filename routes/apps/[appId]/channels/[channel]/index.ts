import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { readSigned } from "../../../../../lib/http/signed.ts";

/** One channel: `{occupied, subscription_count?, user_count?, cache?}`. */
export const handler = endpoint({
  GET: async (ctx) => {
    await readSigned(ctx);
    const { directory } = ctx.state.platform.realtime;
    return json(
      await directory.channel(
        ctx.params.channel!,
        ctx.url.searchParams.get("info"),
      ),
    );
  },
});
