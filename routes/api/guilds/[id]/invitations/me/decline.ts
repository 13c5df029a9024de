import { declineInvitation } from "../../../../../../lib/guilds/mod.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const invitation = await declineInvitation(
      ctx.state.platform,
      ctx.params.id!,
      user.id,
    );
    return json({ invitation });
  },
});
