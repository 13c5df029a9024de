import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { markAllNotificationsSeen } from "../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    await ctx.req.body?.cancel();
    return json(await markAllNotificationsSeen(ctx.state.platform, user.id));
  },
});
