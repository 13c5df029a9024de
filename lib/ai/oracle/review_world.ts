import { pairKey } from "./baseline.ts";
import { type Dealing, type Pace } from "./dealings.ts";
import { duration } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, lnPoissonTail } from "./statistics.ts";

export interface World {
  reviews: Map<number, Dealing>;
  pace: Pace;
  repeat: number;
  reciprocity: number;
  given: Map<number, number>;
  got: Map<number, number>;
  /** Pairs with praise for work that looks like imitation. */
  shams: number;
}

/** Whether somebody praised somebody for work that looks like imitation. */
export const praisedSham = (
  { window: w }: Ledger,
  pace: Pace,
  { rows }: Dealing,
): boolean => rows.some((i) => w.rating[i]! >= 5 && pace.sham(i));

/**
 * How much more sham praise a group has inside than chance would bring, if its members praised whomever they met, as often
 * as they do, and as honestly as all the others; and given how many such groups there are to look at. Friends who
 * praise in a circle, never back and never twice, show by nothing else. 0 to 5.
 */
export function circle(ledger: Ledger, world: World, group: number[]): number {
  if (group.length < 4) return 0;
  const { given, got, reviews, shams } = world;
  let pairs = 0, inside = 0, met = 0;
  for (const a of group) {
    for (const b of group) {
      if (a === b) continue;
      met += (given.get(a) ?? 0) * (got.get(b) ?? 0);
      const d = reviews.get(pairKey(a, b));
      if (!d) continue;
      inside++;
      if (praisedSham(ledger, world.pace, d)) pairs++;
    }
  }
  const all = reviews.size;
  const elsewhere = (shams - pairs + 1) / (all - inside + 2);
  const expected = met / all * clamp(elsewhere, 0.01, 1);
  const choices = group.length *
    Math.log(Math.E * Math.max(given.size, group.length) / group.length);
  return clamp(0.1 * (-lnPoissonTail(pairs, expected) - choices), 0, 5);
}

export const stretch = (ledger: Ledger, rows: number[]) =>
  duration(
    ledger.window.at[rows[rows.length - 1]!]! - ledger.window.at[rows[0]!]!,
  );

/** Praise without pay, or for a pittance, where work is paid here. */
export function unpaid(ledger: Ledger, world: World, rows: number[]): number {
  const w = ledger.window;
  let none = 0, some = 0, small = 0;
  for (const i of rows) {
    const paid = w.bounty[i]! >= 0 ? ledger.lives[w.bounty[i]!]!.paid : 0;
    if (paid > 0) {
      some++;
      small += clamp(world.pace.amount - Math.log(paid) - 1, -0.5, 1.5);
    } else none++;
  }
  const p = clamp(world.pace.paid, 0.1, 0.97);
  const ln = none * Math.log(0.7 / (1 - p)) + some * Math.log(0.3 / p);
  return clamp(0.4 * ln, -1.5, 4) + clamp(0.5 * small, -1, 2.5);
}
