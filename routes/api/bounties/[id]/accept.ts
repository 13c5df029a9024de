import { Acceptance, acceptBounty } from "../../../../lib/bounties/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const given = await readBody(ctx.req, Acceptance);
    const { platform, session } = ctx.state;
    const bounty = await acceptBounty(
      platform,
      user,
      ctx.params.id!,
      given.guildId,
      session?.device,
    );
    return json({ bounty });
  },
});
