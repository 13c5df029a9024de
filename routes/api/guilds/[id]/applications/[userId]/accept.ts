import { acceptApplication } from "../../../../../../lib/guilds/mod.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const { id, userId } = ctx.params;
    return json(
      await acceptApplication(ctx.state.platform, user, id!, userId!),
    );
  },
});
