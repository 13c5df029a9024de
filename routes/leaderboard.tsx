import { page } from "fresh";
import { z } from "zod";
import {
  LeaderboardPage,
  type LeaderboardProps,
} from "../components/leaderboard/LeaderboardPage.tsx";
import { readQuery } from "../lib/http/body.ts";
import { define } from "../lib/http/define.ts";
import {
  BOARDS,
  getLeaderboard,
  getOwnPlace,
  PERIODS,
} from "../lib/leaderboards/mod.ts";
import { readFrame, toSignIn } from "../lib/pages/mod.ts";

/** What an address says that is not so, is not worth an error. */
const Query = z.object({
  board: z.enum(BOARDS).catch("trust"),
  period: z.enum(PERIODS).catch("all"),
});

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const { board, period } = readQuery(ctx.url, Query);
    const [frame, leaderboard, own] = await Promise.all([
      readFrame(ctx, user),
      getLeaderboard(platform, board, period),
      getOwnPlace(platform, board, period, user.id),
    ]);
    const { id, name, picture, rank } = user;
    return page<LeaderboardProps>({
      frame,
      leaderboard,
      own,
      me: { id, name, picture, rank },
      guildIds: frame.guilds.map((guild) => guild.id),
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <LeaderboardPage {...data} />
));
