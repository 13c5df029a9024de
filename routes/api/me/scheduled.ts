import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { listScheduled } from "../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    return json({
      scheduled: await listScheduled(ctx.state.platform, user.id),
    });
  },
});
