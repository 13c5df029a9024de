import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { readSignedJson } from "../../../lib/http/signed.ts";

/** Publishes an event: `{name, data, channels | channel, socket_id?, info?, id?}`. */
export const handler = endpoint({
  POST: async (ctx) => {
    const body = await readSignedJson(ctx);
    return json(await ctx.state.platform.realtime.publishing.event(body));
  },
});
