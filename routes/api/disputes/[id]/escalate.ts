import { escalateDispute, viewDispute } from "../../../../lib/disputes/mod.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const id = ctx.params.id!;
    await escalateDispute(platform, user, id);
    return json({ dispute: await viewDispute(platform, user, id) });
  },
});
