import { viewDispute } from "../../../../lib/disputes/mod.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    return json({ dispute: await viewDispute(platform, user, ctx.params.id!) });
  },
});
