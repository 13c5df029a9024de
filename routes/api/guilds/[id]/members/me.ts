import { leaveGuild } from "../../../../../lib/guilds/mod.ts";
import { endpoint, noContent } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";

export const handler = endpoint({
  /** Leaves; again changes nothing. */
  async DELETE(ctx) {
    const user = requireUser(ctx);
    await leaveGuild(
      ctx.state.platform,
      ctx.params.id!,
      user.id,
      ctx.state.session?.device,
    );
    return noContent();
  },
});
