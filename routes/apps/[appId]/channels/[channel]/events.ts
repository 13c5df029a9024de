import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { readHistoryQuery } from "../../../../../lib/http/history.ts";
import { readSigned } from "../../../../../lib/http/signed.ts";

/** Beyond Pusher: a channel's retained events for servers, `?since=&limit=`. */
export const handler = endpoint({
  GET: async (ctx) => {
    await readSigned(ctx);
    const { directory } = ctx.state.platform.realtime;
    return json(
      await directory.history(ctx.params.channel!, readHistoryQuery(ctx.url)),
    );
  },
});
