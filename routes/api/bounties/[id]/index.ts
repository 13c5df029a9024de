import {
  BountyChange,
  editBounty,
  getVisibleBounty,
} from "../../../../lib/bounties/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { kv } = ctx.state.platform;
    return json({ bounty: await getVisibleBounty(kv, user, ctx.params.id!) });
  },
  async PATCH(ctx) {
    const user = requireUser(ctx);
    const change = await readBody(ctx.req, BountyChange);
    const { platform } = ctx.state;
    return json({
      bounty: await editBounty(platform, user, ctx.params.id!, change),
    });
  },
});
