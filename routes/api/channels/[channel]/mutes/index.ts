import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import { listMutes } from "../../../../../lib/messages/mod.ts";
import { getUsers, publicUser } from "../../../../../lib/users/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "administer");
    const { platform } = ctx.state;
    const mutes = await listMutes(platform, room.name);
    const users = await getUsers(platform.kv, mutes.map((m) => m.userId));
    const byId = new Map(users.map((user) => [user.id, publicUser(user)]));
    return json({
      mutes: mutes.map((mute) => ({
        ...mute,
        user: byId.get(mute.userId) ?? null,
      })),
    });
  },
});
