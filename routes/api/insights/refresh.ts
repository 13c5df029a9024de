import { refreshInsights } from "../../../lib/ai/mod.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { insightsAnswer } from "../../../lib/http/insights.ts";
import { requireUser } from "../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const shown = await refreshInsights(ctx.state.platform, user);
    return json(insightsAnswer(shown, user, ctx.state.platform.now));
  },
});
