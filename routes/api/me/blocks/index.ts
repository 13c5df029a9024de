import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { listBlocked } from "../../../../lib/messages/mod.ts";
import { getUsers, publicUser } from "../../../../lib/users/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const ids = await listBlocked(platform, user.id);
    const users = await getUsers(platform.kv, ids);
    return json({ userIds: ids, users: users.map(publicUser) });
  },
});
