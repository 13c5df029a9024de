import { NexoraError } from "../../../../../lib/errors.ts";
import {
  getGuild,
  joinGuild,
  listMembers,
} from "../../../../../lib/guilds/mod.ts";
import { readQuery } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { PageQuery } from "../../../../../lib/http/paging.ts";
import { requireUser } from "../../../../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    requireUser(ctx);
    const { kv } = ctx.state.platform;
    const query = readQuery(ctx.url, PageQuery);
    if (await getGuild(kv, ctx.params.id!) === null) {
      throw new NexoraError("not_found", "There is no such guild");
    }
    const { items, cursor } = await listMembers(kv, ctx.params.id!, query);
    return json({ members: items, cursor });
  },
  /** Joins; again changes nothing. */
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform, session } = ctx.state;
    const { guild, membership, joined } = await joinGuild(
      platform,
      ctx.params.id!,
      user,
      session?.device,
    );
    return json({ guild, membership }, { status: joined ? 201 : 200 });
  },
});
