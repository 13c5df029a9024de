import { type Dealing, type Pace } from "./dealings.ts";
import { duration } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp } from "./statistics.ts";

export interface World {
  reviews: Map<number, Dealing>;
  pace: Pace;
  repeat: number;
  reciprocity: number;
  given: Map<number, number>;
  got: Map<number, number>;
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
