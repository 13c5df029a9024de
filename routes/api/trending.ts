import { readTrends } from "../../lib/ai/mod.ts";
import { endpoint, json } from "../../lib/http/endpoint.ts";
import { requireUser } from "../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    requireUser(ctx);
    const { value, ...told } = await readTrends(ctx.state.platform);
    return json({ trends: value, ...told });
  },
});
