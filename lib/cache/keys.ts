import { DAY, HOUR, MINUTE } from "../clock.ts";
import type { GuildProfile } from "../guilds/types.ts";
import type { PublicUser } from "../users/types.ts";
import { type CacheKey, defineKind } from "./kind.ts";

/** A person as others see them; five minutes. */
export const userProfileKey = defineKind<PublicUser>({
  name: "user-profile",
  version: 2,
  ttl: 5 * MINUTE,
});

/** A guild's profile; five minutes. */
export const guildProfileKey = defineKind<GuildProfile>({
  name: "guild-profile",
  version: 2,
  ttl: 5 * MINUTE,
});

const insights = defineKind<unknown>({
  name: "ai-insights",
  version: 1,
  ttl: 24 * HOUR,
  grace: 3 * DAY,
  hardTimeout: MINUTE,
});

/** What the agents tell somebody; a day. `T` belongs to the agent that fills it: one agent, one type. */
export function insightsKey<T>(agent: string, userId: string): CacheKey<T> {
  return insights(agent, userId) as CacheKey<T>;
}

const trending = defineKind<unknown>({
  name: "trending",
  version: 1,
  ttl: HOUR,
  grace: DAY,
  hardTimeout: MINUTE,
});

/** What rises and falls within a scope; an hour. */
export function trendingKey<T>(scope: string): CacheKey<T> {
  return trending(scope) as CacheKey<T>;
}

const leaderboard = defineKind<unknown>({
  name: "leaderboard",
  version: 1,
  ttl: 30 * MINUTE,
});

/** A leaderboard in one period, e.g. `leaderboardKey("guilds", "2026-W47")`; half an hour. */
export function leaderboardKey<T>(board: string, period: string): CacheKey<T> {
  return leaderboard(board, period) as CacheKey<T>;
}

/** The kinds of the platform, for the admin page. */
export const CACHE_KINDS = [
  insights.kind,
  trending.kind,
  userProfileKey.kind,
  guildProfileKey.kind,
  leaderboard.kind,
] as const;
