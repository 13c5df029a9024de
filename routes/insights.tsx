import { page } from "fresh";
import {
  InsightsPage,
  type InsightsProps,
} from "../components/insights/InsightsPage.tsx";
import { readInsights, refreshInsights } from "../lib/ai/mod.ts";
import { define } from "../lib/http/define.ts";
import {
  formFailure,
  orErrorPage,
  readFlash,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../lib/pages/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const [frame, shown] = await Promise.all([
        readFrame(ctx, user),
        readInsights(platform, user),
      ]);
      return page<InsightsProps>({
        frame,
        shown,
        flash: readFlash(ctx),
        failure: null,
      });
    });
  },
  async POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    try {
      await refreshInsights(platform, user);
    } catch (error) {
      const { status, message } = formFailure(error, new FormData());
      return await orErrorPage(async () =>
        page<InsightsProps>({
          frame: await readFrame(ctx, user),
          shown: await readInsights(platform, user),
          flash: null,
          failure: message,
        }, { status })
      );
    }
    return seeOther(withFlash("/insights", "ai.refreshed"));
  },
});

export default define.page<typeof handler>(({ data }) => (
  <InsightsPage {...data} />
));
