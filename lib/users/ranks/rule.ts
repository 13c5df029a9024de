import {
  type Rank,
  RANKS,
  RATING_MARGIN,
  REQUIREMENTS,
  type Requirements,
  TRUST_MARGIN,
} from "./ladder.ts";

/** What somebody has to show. */
export interface Merits {
  completed: number;
  ratingCount: number;
  ratingSum: number;
  trust: number;
  /** Milliseconds since the account was made. */
  tenure: number;
}

/** The average of the ratings, `null` without any. */
export function averageRating(
  { ratingCount, ratingSum }: Pick<Merits, "ratingCount" | "ratingSum">,
): number | null {
  return ratingCount === 0 ? null : ratingSum / ratingCount;
}

function meets(merits: Merits, asked: Requirements): boolean {
  return merits.completed >= asked.completed &&
    merits.trust >= asked.trust &&
    merits.tenure >= asked.tenure &&
    (asked.rating === 0 || (averageRating(merits) ?? 0) >= asked.rating);
}

/** Whether somebody who holds a rank may keep it: as `meets`, with margins. */
function keeps(merits: Merits, asked: Requirements): boolean {
  return meets(merits, {
    ...asked,
    trust: Math.max(0, asked.trust - TRUST_MARGIN),
    rating: asked.rating === 0 ? 0 : asked.rating - RATING_MARGIN,
  });
}

/**
 * The rank that somebody with rank `held` has now. One rises as soon as everything that a rank asks for is there, and
 * falls only when it is missed by a margin: around a limit the rank does not flap. Applied twice it changes nothing
 * more.
 */
export function rankOf(held: string, merits: Merits): Rank {
  const at = Math.max(0, RANKS.indexOf(held as Rank));
  for (let level = RANKS.length - 1; level > at; level--) {
    if (meets(merits, REQUIREMENTS[RANKS[level]!])) return RANKS[level]!;
  }
  for (let level = at; level > 0; level--) {
    if (keeps(merits, REQUIREMENTS[RANKS[level]!])) return RANKS[level]!;
  }
  return "Newcomer";
}

/** How far somebody is with one of the next rank's requirements. */
export interface Step {
  what: keyof Requirements;
  has: number;
  asked: number;
  /** 0–1. */
  done: number;
}

/** The next rank and what it takes; `null` at the top. */
export function nextRank(
  held: string,
  merits: Merits,
): { rank: Rank; steps: Step[] } | null {
  const rank = RANKS[Math.max(0, RANKS.indexOf(held as Rank)) + 1];
  if (rank === undefined) return null;
  const has: Requirements = {
    completed: merits.completed,
    rating: averageRating(merits) ?? 0,
    trust: merits.trust,
    tenure: merits.tenure,
  };
  const asked = REQUIREMENTS[rank];
  const steps = (Object.keys(asked) as (keyof Requirements)[])
    .filter((what) => asked[what] > 0)
    .map((what) => ({
      what,
      has: has[what],
      asked: asked[what],
      done: Math.min(1, has[what] / asked[what]),
    }));
  return { rank, steps };
}
