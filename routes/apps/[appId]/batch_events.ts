import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { readSignedJson } from "../../../lib/http/signed.ts";

/** Publishes up to ten events: `{batch: [{name, data, channel, socket_id?, info?, id?}]}`. */
export const handler = endpoint({
  POST: async (ctx) => {
    const body = await readSignedJson(ctx);
    return json(await ctx.state.platform.realtime.publishing.batch(body));
  },
});
