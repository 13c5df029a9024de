import { readBody, readQuery } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { PageQuery } from "../../../../../../lib/http/paging.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import {
  listReactions,
  react,
  ReactionChange,
} from "../../../../../../lib/messages/mod.ts";
import { getUsers, publicUser } from "../../../../../../lib/users/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    const query = readQuery(ctx.url, PageQuery);
    const page = await listReactions(
      platform,
      room.name,
      ctx.params.id!,
      query,
    );
    const users = await getUsers(platform.kv, page.rows.map((r) => r.userId));
    const byId = new Map(users.map((user) => [user.id, publicUser(user)]));
    return json({
      people: page.rows.map(({ userId, emojis }) => ({
        user: byId.get(userId) ?? null,
        emojis,
      })),
      cursor: page.cursor,
    });
  },
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "react");
    const change = await readBody(ctx.req, ReactionChange);
    return json(
      await react(ctx.state.platform, {
        channel: room.name,
        id: ctx.params.id!,
        user,
        ...change,
      }),
    );
  },
});
