import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { listDrafts } from "../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    return json({ drafts: await listDrafts(ctx.state.platform, user.id) });
  },
});
