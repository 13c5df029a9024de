import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, median, spread } from "./statistics.ts";

/** Everything of one kind that went from one person to another within the window. */
export interface Dealing {
  from: number;
  to: number;
  /** Rows in order of time. */
  rows: number[];
}

/** Payments or reviews of the window by pair; nobody deals with themselves. */
export function dealings(ledger: Ledger, kind: number): Map<number, Dealing> {
  const w = ledger.window;
  const all = new Map<number, Dealing>();
  for (const i of ledger.byKind[kind]!) {
    const from = w.actor[i]!, to = w.other[i]!;
    if (to < 0 || to === from) continue;
    const key = pairKey(from, to);
    const d = all.get(key);
    if (d) d.rows.push(i);
    else all.set(key, { from, to, rows: [i] });
  }
  return all;
}

/** How work usually goes here, to tell work from its imitation. */
export interface Pace {
  /** Odds (ln) that bounties done like these are imitations: too quick, or with steps left out. −0.5 to 5. */
  imitation(rows: number[]): number;
  /** Whether one payment or review alone looks like imitation: much too quick, a step left out that is usual, or a pittance. */
  sham(row: number): boolean;
  /** Share of top ratings among reviews. */
  top: number;
  /** Share of ratings of 2 or less. */
  low: number;
  /** Share of reviewed bounties that were paid. */
  paid: number;
  /** Median ln of paid amounts. */
  amount: number;
}

/** Learns the pace of work from the window's payments and reviews. */
export function learnPace(ledger: Ledger): Pace {
  const { window: w } = ledger;
  const learn = (kind: number) => {
    const times: number[] = [];
    let missing = 1, all = 2;
    for (const i of ledger.byKind[kind]!) {
      all++;
      const t = workTime(ledger, i);
      if (Number.isNaN(t)) missing++;
      else times.push(t);
    }
    return {
      missing: missing / all,
      middle: times.length ? median(times) : NaN,
      spread: times.length >= 10 ? Math.max(spread(times), 0.35) : 1.5,
    };
  };
  const known = new Map([K.bounty_paid, K.bounty_reviewed].map((kind) => [
    kind,
    learn(kind),
  ]));
  let top = 2, low = 1, rated = 4, paid = 1, reviewed = 2;
  for (const i of ledger.byKind[K.bounty_reviewed]!) {
    const bounty = w.bounty[i]!;
    if (bounty >= 0) {
      reviewed++;
      if (ledger.lives[bounty]!.paid > 0) paid++;
    }
    if (w.rating[i] === 0) continue;
    rated++;
    if (w.rating[i]! >= 5) top++;
    else if (w.rating[i]! <= 2) low++;
  }
  const amounts: number[] = [];
  for (const i of ledger.byKind[K.bounty_paid]!) {
    if (w.amount[i]! > 0) amounts.push(Math.log(w.amount[i]!));
  }
  const amount = amounts.length ? median(amounts) : 0;
  const amountSpread = amounts.length >= 10
    ? clamp(spread(amounts), 0.4, 1.3)
    : 1;
  return {
    imitation(rows) {
      let missing = 0, ln = 0;
      const quick: number[] = [];
      for (const i of rows) {
        const usual = known.get(w.kind[i]!)!;
        const t = workTime(ledger, i);
        if (Number.isNaN(t)) {
          missing++;
          ln += Math.log(0.7 / clamp(usual.missing, 0.03, 0.7));
        } else quick.push((t - usual.middle) / usual.spread);
      }
      // Half of each step counts: bounties of one group are not independent.
      const gaps = clamp(0.5 * ln, 0, 4);
      if (quick.length === 0) return gaps;
      const z = median(quick);
      const haste = z < -1
        ? clamp((-z - 1) * 1.3, 0, 4) * clamp(quick.length / 3, 0.4, 1)
        : z > -0.3
        ? -0.5
        : 0;
      return clamp(gaps + haste, -0.5, 5);
    },
    sham(row) {
      const usual = known.get(w.kind[row]!)!;
      const t = workTime(ledger, row);
      if (Number.isNaN(t)) return usual.missing < 0.2;
      // How far below the usual in time and in pay, together: somewhat quick for somewhat little is as odd as either alone.
      const quick = Math.max(0, (usual.middle - t) / usual.spread);
      const paid = w.bounty[row]! >= 0 ? ledger.lives[w.bounty[row]!]!.paid : 0;
      const little = paid > 0
        ? Math.max(0, (amount - Math.log(paid)) / amountSpread)
        : 0;
      return Math.hypot(quick, little) > 1.55;
    },
    top: top / rated,
    low: low / rated,
    paid: paid / reviewed,
    amount,
  };
}

/** ln of the time from taking a bounty to this payment or review; NaN where a step is missing. */
function workTime(ledger: Ledger, row: number): number {
  const { window: w, lives } = ledger;
  const life = w.bounty[row]! >= 0 ? lives[w.bounty[row]!] : undefined;
  if (!life) return NaN;
  const start = Number.isNaN(life.acceptedAt) ? life.postedAt : life.acceptedAt;
  const t = w.at[row]! - start;
  return t >= 0 ? Math.log(t + 60_000) : NaN;
}

/** Whether the payee delivered work on a bounty of this payer before the payment. */
export function earned(ledger: Ledger, row: number): boolean {
  const w = ledger.window;
  const life = w.bounty[row]! >= 0 ? ledger.lives[w.bounty[row]!] : undefined;
  return life !== undefined &&
    (life.client === w.actor[row] || life.client < 0) &&
    life.worker === w.other[row] &&
    (life.submittedAt <= w.at[row]! || life.acceptedAt <= w.at[row]!);
}

/** Share of the window's payments that no delivered work explains. */
export function unearnedShare(ledger: Ledger): number {
  const paid = ledger.byKind[K.bounty_paid]!;
  let unearned = 1;
  for (const i of paid) if (!earned(ledger, i)) unearned++;
  return unearned / (paid.length + 2);
}

/** Rows of the window that belong to the same bounties as these and were done by the same people. */
export function wholeBounties(
  ledger: Ledger,
  rows: number[],
  people: number[],
): number[] {
  const w = ledger.window;
  const bounties = new Set(rows.map((i) => w.bounty[i]!));
  bounties.delete(-1);
  const all = new Set(rows);
  for (const u of people) {
    for (const i of ledger.byActor[u]!) {
      if (
        bounties.has(w.bounty[i]!) && w.kind[i] !== K.tribunal_vote &&
        w.kind[i] !== K.dispute_raised
      ) all.add(i);
    }
  }
  return [...all].sort((a, b) => a - b);
}
