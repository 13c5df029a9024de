import { revokeInvitation } from "../../../../../lib/guilds/mod.ts";
import { endpoint, noContent } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";

export const handler = endpoint({
  /** Takes it back. */
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const { id, userId } = ctx.params;
    await revokeInvitation(ctx.state.platform, user, id!, userId!);
    return noContent();
  },
});
