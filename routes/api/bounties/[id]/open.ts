import { openBounty } from "../../../../lib/bounties/mod.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform, session } = ctx.state;
    return json({
      bounty: await openBounty(
        platform,
        user,
        ctx.params.id!,
        session?.device,
      ),
    });
  },
});
