import { page } from "fresh";
import { RanksPage, type RanksProps } from "../components/people/RanksPage.tsx";
import { define } from "../lib/http/define.ts";
import { readFrame, toSignIn } from "../lib/pages/mod.ts";
import { getStanding, meritsOf, nextRank } from "../lib/users/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const [frame, standing] = await Promise.all([
      readFrame(ctx, user),
      getStanding(platform.kv, user.id),
    ]);
    return page<RanksProps>({
      frame,
      rank: user.rank,
      next: nextRank(user.rank, meritsOf(user, standing, platform.now())),
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <RanksPage
    {...data}
  />
));
