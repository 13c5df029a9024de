import { DAY } from "../../clock.ts";

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

/** What a rank asks for; all of it. */
export interface Requirements {
  /** Bounties completed as the one who answered for the work. */
  completed: number;
  /** Average of the clients' ratings, 1–5; 0 asks for none. */
  rating: number;
  /** 0–1000. */
  trust: number;
  /** Milliseconds since the account was made. */
  tenure: number;
}

/**
 * Completed work is what the ladder is about, so it grows about threefold a step. Ratings keep quantity from standing
 * in for quality. Trust brings in what ratings do not see (disputes, absence). Tenure makes a rank something that
 * cannot be bought in a week by a ring of friends.
 */
export const REQUIREMENTS: Record<Rank, Requirements> = {
  Newcomer: { completed: 0, rating: 0, trust: 0, tenure: 0 },
  Apprentice: { completed: 1, rating: 0, trust: 450, tenure: 0 },
  Journeyman: { completed: 5, rating: 3.5, trust: 520, tenure: 14 * DAY },
  Artisan: { completed: 15, rating: 4, trust: 600, tenure: 60 * DAY },
  Master: { completed: 40, rating: 4.3, trust: 700, tenure: 180 * DAY },
  Grandmaster: { completed: 100, rating: 4.6, trust: 850, tenure: 365 * DAY },
};

/** A rank that is held is kept until trust is this far below what it asks for. */
export const TRUST_MARGIN = 40;
/** … or the average rating this far. */
export const RATING_MARGIN = 0.2;
