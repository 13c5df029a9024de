import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { markAllRead } from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    await ctx.req.body?.cancel();
    return json({ rooms: await markAllRead(ctx.state.platform, user) });
  },
});
