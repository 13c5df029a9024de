import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { listThreadStates } from "../../../../lib/messages/mod.ts";

/** What is unread in the threads that one follows. */
export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    return json({ states: await listThreadStates(ctx.state.platform, user) });
  },
});
