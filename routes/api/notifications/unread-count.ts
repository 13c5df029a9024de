import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { getUnreadCount } from "../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { unread, unseen, revision } = await getUnreadCount(
      ctx.state.platform,
      user.id,
    );
    return json({ count: unread, unseen, revision });
  },
});
