import { readQuery } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { PageQuery } from "../../../../../../lib/http/paging.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import { listReaders } from "../../../../../../lib/messages/mod.ts";
import { getUsers, publicUser } from "../../../../../../lib/users/mod.ts";

/** Who has read a message. */
export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const { cursor } = readQuery(ctx.url, PageQuery);
    const { platform } = ctx.state;
    const page = await listReaders(
      platform,
      room.name,
      ctx.params.id!,
      cursor,
    );
    const users = await getUsers(
      platform.kv,
      page.readers.map((one) => one.userId),
    );
    const byId = new Map(users.map((user) => [user.id, publicUser(user)]));
    return json({
      readers: page.readers.flatMap(({ userId, at }) => {
        const user = byId.get(userId);
        return user ? [{ user, at }] : [];
      }),
      cursor: page.cursor,
    });
  },
});
