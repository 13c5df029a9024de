import {
  rejectApplication,
  Rejection,
} from "../../../../../../lib/guilds/mod.ts";
import { readBody } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const { reason } = await readBody(ctx.req, Rejection);
    const { id, userId } = ctx.params;
    const application = await rejectApplication(
      ctx.state.platform,
      user,
      id!,
      userId!,
      reason,
    );
    return json({ application });
  },
});
