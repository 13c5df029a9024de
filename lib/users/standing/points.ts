/** The scale of trust. */
export const MAX_TRUST = 1000;

/**
 * What moves trust, in points. A good job is worth less than a bad one costs, and losing a dispute costs more than
 * either: trust is slow to win. A person who does a well-rated job a week needs about a year from 500 to 1000.
 */
export const TRUST_POINTS = {
  /** By rating, 1–5. */
  bounty_completed: { 1: -6, 2: -2, 3: 4, 4: 8, 5: 10 },
  bounty_rejected: -15,
  /** Accepted, and neither submitted nor handed back in time. */
  bounty_abandoned: -20,
  /** The client accepted the work and paid. */
  bounty_paid: 2,
  dispute_won: 5,
  dispute_lost: -40,
  /** Raised, and found to have no grounds at all. */
  dispute_frivolous: -25,
  tribunal_vote: 3,
  /** Drawn as a juror, and did not vote. */
  tribunal_absence: -5,
} as const;

/** Points of completed work. Without a rating it counts like a 4. */
export function completionPoints(rating: number | null): number {
  const given = Math.min(5, Math.max(1, Math.round(rating ?? 4)));
  return TRUST_POINTS.bounty_completed[given as 1 | 2 | 3 | 4 | 5];
}

/** Trust after a change: whole points within the scale. */
export function boundedTrust(trust: number): number {
  return Math.min(MAX_TRUST, Math.max(0, Math.round(trust)));
}
