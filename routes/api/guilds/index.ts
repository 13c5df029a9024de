import { createGuild, listGuilds, NewGuild } from "../../../lib/guilds/mod.ts";
import { readBody, readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { PageQuery } from "../../../lib/http/paging.ts";
import { requireUser } from "../../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    requireUser(ctx);
    const query = readQuery(ctx.url, PageQuery);
    const { items, cursor } = await listGuilds(ctx.state.platform.kv, query);
    return json({ guilds: items, cursor });
  },
  async POST(ctx) {
    const user = requireUser(ctx);
    const given = await readBody(ctx.req, NewGuild);
    const guild = await createGuild(
      ctx.state.platform,
      user,
      given,
      ctx.state.session?.device,
    );
    return json({ guild }, {
      status: 201,
      headers: { location: `/api/guilds/${guild.id}` },
    });
  },
});
