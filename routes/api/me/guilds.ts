import { listGuildsOf } from "../../../lib/guilds/mod.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    return json({ guilds: await listGuildsOf(ctx.state.platform.kv, user.id) });
  },
});
