import { withdrawApplication } from "../../../../../lib/guilds/mod.ts";
import { endpoint, noContent } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";

export const handler = endpoint({
  async DELETE(ctx) {
    const user = requireUser(ctx);
    await withdrawApplication(ctx.state.platform, ctx.params.id!, user.id);
    return noContent();
  },
});
