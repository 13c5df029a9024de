import { readQuery } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { PageQuery } from "../../../../lib/http/paging.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { listAudit } from "../../../../lib/messages/mod.ts";
import { getUsers, publicUser } from "../../../../lib/users/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "administer");
    const { platform } = ctx.state;
    const query = readQuery(ctx.url, PageQuery);
    const { entries, cursor } = await listAudit(platform, room.name, query);
    const users = await getUsers(platform.kv, entries.map((e) => e.actorId));
    const byId = new Map(users.map((user) => [user.id, publicUser(user)]));
    return json({
      entries: entries.map((entry) => ({
        ...entry,
        actor: byId.get(entry.actorId) ?? null,
      })),
      cursor,
    });
  },
});
