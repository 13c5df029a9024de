import { acceptInvitation } from "../../../../../../lib/guilds/mod.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../../lib/http/session.ts";

export const handler = endpoint({
  /** Becomes a member; again changes nothing. */
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform, session } = ctx.state;
    return json(
      await acceptInvitation(platform, ctx.params.id!, user, session?.device),
    );
  },
});
