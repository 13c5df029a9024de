/**
 * The ladder, lowest first. Names are those of a craftsman's career: they say how far somebody has come with the
 * work, not how much of it was done, and each is understood without an explanation.
 */
export const RANKS = [
  "Newcomer",
  "Apprentice",
  "Journeyman",
  "Artisan",
  "Master",
  "Grandmaster",
] as const;

export type Rank = typeof RANKS[number];

/** Position on the ladder, 0 for the lowest and for names that are not on it. */
export function rankLevel(rank: string): number {
  return Math.max(0, RANKS.indexOf(rank as Rank));
}
