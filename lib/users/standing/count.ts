import type { Merits } from "../ranks/mod.ts";
import type { User } from "../types.ts";
import type { Counts, Standing } from "./types.ts";

/** Of somebody to whom nothing has happened yet. */
export function newStanding(userId: string): Standing {
  return {
    userId,
    completed: 0,
    rejected: 0,
    ratingCount: 0,
    ratingSum: 0,
    earned: 0,
    commissioned: 0,
    paid: 0,
    disputesWon: 0,
    disputesLost: 0,
    votes: 0,
    month: "",
    monthCompleted: 0,
  };
}

/** The UTC month of a time, as `2026-11`. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** Counters after something happened at `at`. A month that has ended counts no more. */
export function counted(
  standing: Standing,
  { rating, ...counts }: Counts,
  at: number,
): Standing {
  const after = { ...standing };
  const month = monthOf(at);
  if (after.month !== month) {
    after.month = month;
    after.monthCompleted = 0;
  }
  for (const [name, n] of Object.entries(counts)) {
    after[name as keyof typeof counts] += n ?? 0;
  }
  after.monthCompleted += counts.completed ?? 0;
  if (rating !== undefined) {
    after.ratingCount++;
    after.ratingSum += rating;
  }
  return after;
}

/** What the rank of somebody is judged by at `at`. */
export function meritsOf(
  user: Pick<User, "trust" | "createdAt">,
  { completed, ratingCount, ratingSum }: Standing,
  at: number,
): Merits {
  return {
    completed,
    ratingCount,
    ratingSum,
    trust: user.trust,
    tenure: at - user.createdAt,
  };
}
