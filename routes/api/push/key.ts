import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { platformVapid } from "../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    requireUser(ctx);
    const { publicKey } = await platformVapid(ctx.state.platform)();
    return json({ publicKey });
  },
});
