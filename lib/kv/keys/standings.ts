/** Keys of what people have achieved: counters, trust and its history, leaderboards. */
type Key = Deno.KvKey;

/** Counters of a person. */
export const standing = (userId: string): Key => ["standings", userId];
export const standingsPrefix = (): Key => ["standings"];
/** Counters of a guild. */
export const guildStanding = (
  guildId: string,
): Key => ["guildStandings", guildId];
export const guildStandingsPrefix = (): Key => ["guildStandings"];
/** One change of somebody's trust; key order is order of time. */
export const trustChange = (
  userId: string,
  at: number,
  id: string,
): Key => ["trustHistory", userId, at, id];
export const trustChanges = (userId: string): Key => ["trustHistory", userId];
/** There when the cause has been taken account of: it does so once. */
export const trustCause = (
  userId: string,
  cause: string,
): Key => ["trustCauses", userId, cause];
export const trustCauses = (userId: string): Key => ["trustCauses", userId];
/** A place on a leaderboard. The score is negated, so that key order is best first. */
export const place = (
  board: string,
  period: string,
  score: number,
  id: string,
): Key => ["places", board, period, -score, id];
export const places = (
  board: string,
  period: string,
): Key => ["places", board, period];
