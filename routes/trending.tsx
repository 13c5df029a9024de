import { page } from "fresh";
import {
  TrendingPage,
  type TrendingProps,
} from "../components/trends/TrendingPage.tsx";
import { readTrends } from "../lib/ai/mod.ts";
import { define } from "../lib/http/define.ts";
import { orErrorPage, readFrame, toSignIn } from "../lib/pages/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const [frame, shown] = await Promise.all([
        readFrame(ctx, user),
        readTrends(platform),
      ]);
      return page<TrendingProps>({ frame, shown });
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <TrendingPage {...data} />
));
