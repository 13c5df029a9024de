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
  /** What the payer usually pays, ln, shrunken to the population's where little is known. */
  usual(user: number): number;
  /** ln P of a deviation as large from one's own usual. */
  residual: Tail;
  /** ln P of an amount (ln) as large at all. */
  level: Tail;
}

/** Learns what payments look like in this file. */
export function learnAmounts(ledger: Ledger): Amounts {
  const { window: w, baseline } = ledger;
  const byUser = new Map<number, number[]>();
  let count = 0;
  baseline.paid.forEach((list, user) => byUser.set(user, [...list ?? []]));
  const everything: number[] = [];
  for (const list of byUser.values()) everything.push(...list);
  for (const i of ledger.byKind[K.bounty_paid]!) {
    if (!(w.amount[i]! > 0)) continue;
    count++;
    const x = Math.log(w.amount[i]!);
    everything.push(x);
    const past = baseline.paid[w.actor[i]!];
    // Where there are habits from before, the window may not change what is usual.
    if (past && past.length >= 4) continue;
    const list = byUser.get(w.actor[i]!) ?? [];
    list.push(x);
    byUser.set(w.actor[i]!, list);
  }
  const sorted = ascending(everything);
  const middle = sorted.length ? quantile(sorted, 0.5) : 0;
  const usuals = new Map<number, number>();
  const deviations: number[] = [];
  for (const [user, list] of byUser) {
    // The lower half's centre, so that the odd ones do not pull where few are known.
    const own = quantile(ascending(list), list.length < 8 ? 0.4 : 0.5);
    const shrunken = (own * list.length + middle * 1.5) / (list.length + 1.5);
    usuals.set(user, shrunken);
    if (list.length >= 4) { for (const x of list) deviations.push(x - own); }
  }
  const use = deviations.length >= 40
    ? deviations
    : everything.map((x) => x - middle);
  return {
    count,
    middle,
    upper: sorted.length ? quantile(sorted, 0.75) : 0,
    within: 1.4826 * quantile(ascending(use.map(Math.abs)), 0.5),
    usual: (user) => usuals.get(user) ?? middle,
    residual: fitTail(use, 0.2),
    level: fitTail(everything, 0.2),
  };
}
