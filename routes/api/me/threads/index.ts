import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { listThreads } from "../../../../lib/messages/mod.ts";

/** The threads that one follows, with their last replies. */
export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    return json({ threads: await listThreads(ctx.state.platform, user) });
  },
});
