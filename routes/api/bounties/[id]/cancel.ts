import { cancelBounty, Cancellation } from "../../../../lib/bounties/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const { note } = await readBody(ctx.req, Cancellation);
    const { platform } = ctx.state;
    return json({
      bounty: await cancelBounty(platform, user, ctx.params.id!, note),
    });
  },
});
