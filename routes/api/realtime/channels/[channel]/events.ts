import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { readHistoryQuery } from "../../../../../lib/http/history.ts";
import { visibleChannel } from "../../../../../lib/http/visible_channel.ts";

/** A channel's retained events: `?since=position&limit=` → `{events, position, more}`; 410 when they have expired. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform, user } = ctx.state;
    const channel = await visibleChannel(
      platform.policy,
      user,
      ctx.params.channel!,
    );
    return json(
      await platform.realtime.directory.history(
        channel.name,
        readHistoryQuery(ctx.url),
      ),
    );
  },
});
