import {
  BountyQuery,
  listBounties,
  PostBounty,
  postBounty,
  statesOf,
} from "../../../lib/bounties/mod.ts";
import { readBody, readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { Limit } from "../../../lib/http/paging.ts";
import { requireUser } from "../../../lib/http/session.ts";

const Query = BountyQuery.extend({ limit: Limit.optional() });

export const handler = endpoint({
  async GET(ctx) {
    requireUser(ctx);
    const { state, ...query } = readQuery(ctx.url, Query);
    const { items, cursor } = await listBounties(ctx.state.platform.kv, {
      ...query,
      states: statesOf(state),
    });
    return json({ bounties: items, cursor });
  },
  async POST(ctx) {
    const user = requireUser(ctx);
    const given = await readBody(ctx.req, PostBounty);
    const { platform, session } = ctx.state;
    const bounty = await postBounty(platform, user, given, session?.device);
    return json({ bounty }, {
      status: 201,
      headers: { location: `/api/bounties/${bounty.id}` },
    });
  },
});
