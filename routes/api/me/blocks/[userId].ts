import { endpoint, noContent } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { blockUser, unblockUser } from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async PUT(ctx) {
    const user = requireUser(ctx);
    await ctx.req.body?.cancel();
    await blockUser(ctx.state.platform, user.id, ctx.params.userId!);
    return noContent();
  },
  async DELETE(ctx) {
    const user = requireUser(ctx);
    await unblockUser(ctx.state.platform, user.id, ctx.params.userId!);
    return noContent();
  },
});
