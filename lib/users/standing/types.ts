/** What somebody has achieved, in one row; written only together with their user's row, which is checked. */
export interface Standing {
  userId: string;
  /** Bounties completed and rejected as the one who answered for the work. */
  completed: number;
  rejected: number;
  /** Ratings by clients, 1–5 each. */
  ratingCount: number;
  ratingSum: number;
  /** Credits paid out to them. */
  earned: number;
  /** Bounties of theirs, as a client, that were completed, and the credits they paid for them. */
  commissioned: number;
  paid: number;
  disputesWon: number;
  disputesLost: number;
  /** Votes given in tribunals. */
  votes: number;
  /** UTC month as `2026-11`, and what was completed in it. */
  month: string;
  monthCompleted: number;
}

/** What is added to the counters. */
export interface Counts {
  completed?: number;
  rejected?: number;
  /** One rating, 1–5. */
  rating?: number;
  earned?: number;
  commissioned?: number;
  paid?: number;
  disputesWon?: number;
  disputesLost?: number;
  votes?: number;
}

/** Why trust changed. The texts are `trust.reason.*` in the catalogue. */
export const TRUST_REASONS = [
  "bounty_completed",
  "bounty_rejected",
  "bounty_abandoned",
  "bounty_paid",
  "dispute_won",
  "dispute_lost",
  "dispute_frivolous",
  "tribunal_vote",
  "tribunal_absence",
  "inactivity",
  "admin",
] as const;

export type TrustReason = typeof TRUST_REASONS[number];

/** What happened to somebody. */
export interface TrustChange {
  /** Points; the result stays within 0–1000. May be 0 where only counters change. */
  delta: number;
  reason: TrustReason;
  /** Names what happened, e.g. `bounty:01J…:reviewed`: the same cause again changes nothing. At most 200 characters. */
  cause: string;
  counts?: Counts;
  /** Path of the page that it is about, shown in the history. */
  link?: string;
}

/** A change as kept in the history. */
export interface TrustRecord {
  id: string;
  /** Milliseconds. */
  at: number;
  from: number;
  to: number;
  reason: TrustReason;
  link: string | null;
}

/** Data of `user:trust-changed`, on the user's own channel. */
export interface TrustChanged {
  userId: string;
  trust: number;
  previous: number;
  reason: TrustReason;
  /** With `inactivity`. */
  inactiveDays?: number;
  message?: string;
}

/** Data of `user:rank-changed`, on the user's own channel. */
export interface RankChanged {
  userId: string;
  rank: string;
  previous: string;
  direction: "up" | "down";
}
