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
  /**
   * ln of the share of other payers who have the custom of paying as much as this (ln), with how many payers say so. By
   * their payments from before the window; where few have any, by those of the window.
   */
  customary(x: number, user: number): number;
}

/** Of amounts (ln) that fall into two sorts with a factor of 8 or more between, the lower ones; otherwise all. */
function lowerSort(list: Float64Array): Float64Array {
  let at = 0, most = Math.log(8);
  for (let i = 1; i < list.length; i++) {
    const gap = list[i]! - list[i - 1]!;
    if (gap > most) [at, most] = [i, gap];
  }
  return at > 0 ? list.subarray(0, at) : list;
}

/** The median of an ascending list without its element `i`. */
function middleWithout(list: Float64Array, i: number): number {
  const n = list.length - 1;
  const at = (k: number) => list[k < i ? k : k + 1]!;
  return n % 2 === 1 ? at(n >> 1) : (at(n / 2 - 1) + at(n / 2)) / 2;
}

/** What payers have paid at least twice, largest first: one large payment is no custom. */
function customsOf(
  paid: Iterable<[number, number[] | undefined]>,
): { user: number; least: number }[] {
  const customs: { user: number; least: number }[] = [];
  for (const [user, list] of paid) {
    if (!list || list.length < 2) continue;
    customs.push({ user, least: ascending(list)[list.length - 2]! });
  }
  return customs.sort((a, b) => b.least - a.least);
}

/** Share of payers with payments of two sorts above which that is ordinary. */
const STRAYING = 0.2;

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
  const ofThePast = customsOf(baseline.paid.entries());
  const customs = ofThePast.length >= 20 ? ofThePast : customsOf(inWindow);
  const usuals = new Map<number, { middle: number; known: number }>();
  const deviations: number[] = [];
  /** Those of payments that lie apart from all others of their payer. */
  const strays: number[] = [];
  let payers = 0, straying = 0;
  for (let user = 0; user < ledger.users.size; user++) {
    const past = baseline.paid[user] ?? [];
    const now = inWindow.get(user) ?? [];
    if (past.length + now.length === 0) continue;
    // Where there are habits from before, the window may not change what is usual. Where there are none, the lower ones of
    // the window are the habit, and count for half.
    const list = ascending(past.length > 0 ? past : now);
    const habit = past.length > 0 ? list : lowerSort(list);
    usuals.set(user, {
      middle: quantile(habit, past.length > 0 || now.length > 4 ? 0.5 : 0.3),
      known: past.length > 0
        ? past.length
        : habit.length < now.length
        ? habit.length
        : Math.max(0, now.length - 1) / 2,
    });
    // From the middle of the others: from a middle that it is part of, a value of a short list is never far.
    if (list.length >= 3) {
      const lower = lowerSort(list).length;
      payers++;
      if (lower < list.length) straying++;
      for (let i = 0; i < list.length; i++) {
        (i < lower ? deviations : strays).push(
          list[i]! - middleWithout(list, i),
        );
      }
    }
  }
  // Where hardly anybody pays so differently, it is what is looked for, and not what is usual.
  if (straying > STRAYING * payers) deviations.push(...strays);
  const use = deviations.length >= 40
    ? deviations
    : everything.map((x) => x - middle);
  return {
    count,
    middle,
    upper: sorted.length ? quantile(sorted, 0.75) : 0,
    within: use.length > 0
      ? 1.4826 * quantile(ascending(use.map(Math.abs)), 0.5)
      : 0.5,
    usual: (user) => usuals.get(user) ?? { middle, known: 0 },
    residual: fitTail(use, 0.2),
    level: fitTail(everything, 0.2),
    customary(x, user) {
      // Too few to tell.
      if (customs.length < 20) return -Infinity;
      let more = 0;
      for (const one of customs) {
        if (one.least < x - 0.3) break;
        if (one.user !== user) more++;
      }
      return Math.log((more + 0.1) / (customs.length + 1));
    },
  };
}
