import { z } from "zod";
import { NexoraError } from "../../../lib/errors.ts";
import { readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import {
  BOARDS,
  getLeaderboard,
  getOwnPlace,
  PERIODS,
} from "../../../lib/leaderboards/mod.ts";

const Query = z.object({ period: z.enum(PERIODS).default("all") });

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const board = BOARDS.find((known) => known === ctx.params.board);
    if (!board) {
      throw new NexoraError(
        "not_found",
        `There are leaderboards of ${BOARDS.join(", ")}`,
      );
    }
    const { period } = readQuery(ctx.url, Query);
    const { platform } = ctx.state;
    const [leaderboard, own] = await Promise.all([
      getLeaderboard(platform, board, period),
      getOwnPlace(platform, board, period, user.id),
    ]);
    return json({ ...leaderboard, own });
  },
});
