import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { listRail } from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    return json({ rooms: await listRail(ctx.state.platform, user) });
  },
});
