import type { Direction } from "./types.ts";

/** As if each window had seen this many more: so much is needed before a change counts. */
const PRIOR = 6;
/** A change by less than this, shrunk, is none. */
const LARGE = 1.2;
/** A change that chance brings more often than this is none. */
const RARE = 0.1;

/** How two counts of equally long windows compare. */
export interface Comparison {
  ratio: number;
  chance: number;
  direction: Direction;
}

/**
 * Compares counts. The ratio is shrunk by a prior of equal counts (a gamma prior on both rates); the chance is that of
 * the conditional test: with equal rates, `now` of `now + before` events fall into the second window as coins do.
 */
export function compareCounts(now: number, before: number): Comparison {
  const ratio = (now + PRIOR) / (before + PRIOR);
  const chance = chanceOf(Math.max(now, before), now + before);
  const large = ratio >= LARGE || ratio <= 1 / LARGE;
  const direction = !large || chance > RARE
    ? "steady"
    : ratio > 1
    ? "rising"
    : "falling";
  return { ratio, chance, direction };
}

/** Two-sided: how often `n` tosses of a coin show one side `k` times or more. */
export function chanceOf(k: number, n: number): number {
  if (n === 0 || 2 * k <= n) return 1;
  let tail = 0;
  // In logarithms: the coefficients are beyond numbers from about a thousand tosses on.
  let log = -n * Math.LN2;
  for (let i = 1; i <= k; i++) log += Math.log((n - i + 1) / i);
  for (let i = k; i <= n; i++) {
    const term = Math.exp(log);
    tail += term;
    if (term < 1e-12) break;
    log += Math.log((n - i) / (i + 1));
  }
  return Math.min(1, 2 * tail);
}

/** The middle value; `null` of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[half]!
    : (sorted[half - 1]! + sorted[half]!) / 2;
}
