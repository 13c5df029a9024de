import { type Change, del, keys, set, unchanged } from "../kv/mod.ts";

/** What a guild has achieved, in one row. */
export interface GuildStanding {
  guildId: string;
  /** Bounties completed and rejected. */
  completed: number;
  rejected: number;
  /** Ratings by clients, 1–5 each. */
  ratingCount: number;
  ratingSum: number;
  /** Credits paid out for its work. */
  earned: number;
}

/** Named in `places` beside the boards of people. */
export const GUILD_BOARD = "guilds";

export function newGuildStanding(guildId: string): GuildStanding {
  return {
    guildId,
    completed: 0,
    rejected: 0,
    ratingCount: 0,
    ratingSum: 0,
    earned: 0,
  };
}

/** A guild's counters; zeros before anything happened. */
export async function getGuildStanding(
  kv: Deno.Kv,
  guildId: string,
): Promise<GuildStanding> {
  const { value } = await kv.get<GuildStanding>(keys.guildStanding(guildId));
  return value ?? newGuildStanding(guildId);
}

/**
 * Reads a guild's counters and plans their growth, its place on the leaderboard included, for the atomic of the
 * completed or rejected bounty. One check.
 */
export async function planGuildCount(
  kv: Deno.Kv,
  guildId: string,
  { rating, ...counts }: {
    completed?: number;
    rejected?: number;
    rating?: number;
    earned?: number;
  },
): Promise<Required<Change>> {
  const row = await kv.get<GuildStanding>(keys.guildStanding(guildId));
  const before = row.value ?? newGuildStanding(guildId);
  const after: GuildStanding = {
    ...before,
    completed: before.completed + (counts.completed ?? 0),
    rejected: before.rejected + (counts.rejected ?? 0),
    ratingCount: before.ratingCount + (rating === undefined ? 0 : 1),
    ratingSum: before.ratingSum + (rating ?? 0),
    earned: before.earned + (counts.earned ?? 0),
  };
  return {
    checks: [unchanged(row)],
    mutations: guildStandingRows(after, before),
  };
}

/** Rows of a guild's counters and its place; without `after` (a guild that ends) those are taken away. */
export function guildStandingRows(
  after: GuildStanding | null,
  before: GuildStanding | null = null,
): Required<Change>["mutations"] {
  const { guildId } = (after ?? before)!;
  const rows = [
    after
      ? set(keys.guildStanding(guildId), after)
      : del(keys.guildStanding(guildId)),
  ];
  const place = (score: number) =>
    keys.place(GUILD_BOARD, "all", score, guildId);
  if (after?.completed !== before?.completed) {
    if (before?.completed) rows.push(del(place(before.completed)));
    if (after?.completed) {
      rows.push(set(place(after.completed), after.completed));
    }
  }
  return rows;
}
