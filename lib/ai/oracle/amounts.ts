import { K } from "./columns.ts";
import type { Ledger } from "./ledger.ts";
import { ascending, fitTail, quantile, type Tail } from "./statistics.ts";

/** How odd an amount is, against everybody's and against the payer's own. */
export interface Amounts {
  /** Payments in the window. */
  count: number;
  /** Median of ln amount over the window and the remembered past. */
  middle: number;
  /** ln of the 75th percentile. */
  upper: number;
  /** Robust standard deviation of ln amounts within one payer. */
  within: number;
  /** What the payer usually pays, ln, and how many payments say so; without any, what everybody usually pays. */
  usual(user: number): { middle: number; known: number };
  /** ln P of a deviation as large from one's own usual. */
  residual: Tail;
  /** ln P of an amount (ln) as large at all. */
  level: Tail;
}

/** Learns what payments look like in this file. */
export function learnAmounts(ledger: Ledger): Amounts {
  const { window: w, baseline } = ledger;
  const inWindow = new Map<number, number[]>();
  const everything: number[] = [];
  for (const list of baseline.paid) everything.push(...list ?? []);
  let count = 0;
  for (const i of ledger.byKind[K.bounty_paid]!) {
    if (!(w.amount[i]! > 0)) continue;
    count++;
    const x = Math.log(w.amount[i]!);
    everything.push(x);
    const list = inWindow.get(w.actor[i]!);
    if (list) list.push(x);
    else inWindow.set(w.actor[i]!, [x]);
  }
  const sorted = ascending(everything);
  const middle = sorted.length ? quantile(sorted, 0.5) : 0;
  const usuals = new Map<number, { middle: number; known: number }>();
  const deviations: number[] = [];
  for (let user = 0; user < ledger.users.size; user++) {
    const past = baseline.paid[user] ?? [];
    const now = inWindow.get(user) ?? [];
    if (past.length + now.length === 0) continue;
    // Where there are habits from before, the window may not change what is usual. Where there are none, the lower ones of
    // the window are the habit, and count for half.
    const list = ascending(past.length > 0 ? past : now);
    const own = quantile(list, past.length > 0 || now.length > 4 ? 0.5 : 0.3);
    usuals.set(user, {
      middle: own,
      known: past.length > 0 ? past.length : Math.max(0, now.length - 1) / 2,
    });
    if (list.length >= 4) {
      const centre = quantile(list, 0.5);
      for (const x of list) deviations.push(x - centre);
    }
  }
  const use = deviations.length >= 40
    ? deviations
    : everything.map((x) => x - middle);
  return {
    count,
    middle,
    upper: sorted.length ? quantile(sorted, 0.75) : 0,
    within: 1.4826 * quantile(ascending(use.map(Math.abs)), 0.5),
    usual: (user) => usuals.get(user) ?? { middle, known: 0 },
    residual: fitTail(use, 0.2),
    level: fitTail(everything, 0.2),
  };
}
