import { type Amounts, learnAmounts } from "./amounts.ts";
import { K } from "./columns.ts";
import { earned, unearnedShare } from "./dealings.ts";
import { type Detector, figure } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, median, type Tail } from "./statistics.ts";

interface Odd {
  row: number;
  /** ln P of an ordinary payment being as odd. */
  p: number;
  /** Times what this payer usually pays. */
  times: number;
  /** Times what was offered; NaN where no offer is known. */
  overpaid: number;
}

/** Tips, expenses and bonuses: paying up to this many times the offer is nobody's business. */
const TIP = 2;
/** ln of the share of payers with such a custom below which it is unheard of: none among a few hundred. */
const UNHEARD = -6.5;
const SHARES = [1, 0.33, 0.2, 0.1];

/**
 * Payment outliers: amounts that neither the payer's own habits, nor everybody's amounts, nor the bounty's offer explain. Several
 * lesser ones of one payer add up. The payee is not a culprit.
 */
export const findPaymentOutliers: Detector = (ledger) => {
  const { window: w, baseline } = ledger;
  const amounts = learnAmounts(ledger);
  const offer = learnOffers(ledger);
  const unearned = clamp(-0.7 * Math.log(unearnedShare(ledger)) - 0.7, 0, 2.5);
  const byPayer = new Map<number, Odd[]>();
  for (const i of ledger.byKind[K.bounty_paid]!) {
    if (!(w.amount[i]! > 0)) continue;
    const odd = judge(ledger, amounts, offer, i);
    // A large payment for nothing is odder than one for work.
    if (odd.p < -3.5 && !earned(ledger, i)) odd.p -= unearned;
    const list = byPayer.get(w.actor[i]!);
    if (list) list.push(odd);
    else byPayer.set(w.actor[i]!, [odd]);
  }
  return [...byPayer].flatMap(([payer, list]) => {
    list.sort((a, b) => a.p - b.p);
    // Amounts of one payer are not independent: each further one counts less.
    let joint = 0;
    let taken = 0;
    for (const { p } of list) {
      if (p > -4.5) break;
      joint += p * (SHARES[taken] ?? 0.05);
      taken++;
    }
    if (taken === 0) return [];
    const odd = list.slice(0, taken);
    const top = odd[0]!;
    const past = baseline.paid[payer]?.length ?? 0;
    const large = Math.log(w.amount[top.row]!) - amounts.upper;
    // What somebody pays most of the time now is a new habit, not an exception.
    const habit = taken >= 4 && taken > list.length / 2 ? 3 : 0;
    const odds = -joint - Math.log(amounts.count + 1) - 3 - habit +
      clamp(large, -3, 1) + (past >= 4 ? 0.5 : -0.5);
    if (odds < -2) return [];
    return [{
      kind: "payment_outlier",
      subjects: [payer],
      rows: odd.map((o) => o.row).sort((a, b) => a - b),
      odds,
      reason: sentence(
        w.amount[top.row]!,
        top,
        odd.length,
        past,
        Math.exp(amounts.middle),
      ),
    }];
  });
};

function sentence(
  amount: number,
  top: Odd,
  count: number,
  past: number,
  usual: number,
): string {
  const first = `${count === 1 ? "A payment" : `${count} payments, one`} of ${
    figure(amount)
  } where ${
    past === 0 && top.times < 3
      ? `payments here are usually about ${figure(usual)}`
      : `this account usually pays ${figure(amount / top.times)}`
  }`;
  const offer = top.overpaid > 2
    ? `, ${figure(top.overpaid)} times what the bounty offered`
    : "";
  return `${first}${offer}${
    past === 0 ? ", with no payments before that would explain it" : ""
  }`;
}

function judge(
  ledger: Ledger,
  amounts: Amounts,
  offer: Tail | undefined,
  row: number,
): Odd {
  const { window: w, baseline } = ledger;
  const payer = w.actor[row]!;
  const x = Math.log(w.amount[row]!);
  const usual = amounts.usual(payer);
  const past = baseline.paid[payer];
  const life = w.bounty[row]! >= 0 ? ledger.lives[w.bounty[row]!] : undefined;
  const overpaid = life && life.amount > 0 ? w.amount[row]! / life.amount : NaN;
  // One's own middle is uncertain by what it is made of.
  const away = (x - usual.middle) /
    Math.sqrt(1 + 1 / Math.max(usual.known, 0.3));
  let p = amounts.residual(away);
  if (past && past.length > 0) {
    const most = past.reduce((a, b) => Math.max(a, b));
    // Paid as much before: at most mildly odd. A little more than the most ever: less odd than it looks.
    if (x <= most + 0.25) p = Math.max(p, -2);
    else p = Math.max(p, 1.5 * amounts.residual(x - most) - 4);
    if (past.length < 2) p = Math.max(p, 2.5 * amounts.level(x) - 3);
    // Two payments are hardly a habit, and none that excuses amounts that nobody pays.
    if (past.length <= 2 && x > most + 1) {
      const custom = amounts.customary(x, payer);
      if (custom > -Infinity && custom < UNHEARD) {
        p = Math.min(p, 0.8 * amounts.level(x) + 1);
      }
    }
  } else {
    // The other payments of the same days are a habit, too, if a thin one.
    p = usual.known === 0
      ? 0.9 * amounts.level(x)
      : Math.max(p, (usual.known < 1 ? 1.5 : 2) * amounts.level(x) - 1.5);
    // A few first payments are no habit that would excuse amounts that nobody pays.
    if (usual.known <= 1) {
      const level = amounts.level(x);
      p = Math.min(p, earned(ledger, row) ? 0.8 * level + 1 : level + 0.5);
    }
    // First payments for work that was done: there are large clients. Where many are known, and none pays like this, less so.
    const custom = amounts.customary(x, payer);
    if (usual.known <= 1 && earned(ledger, row)) {
      p *= custom > -Infinity && custom < UNHEARD ? 0.75 : 0.55;
    }
    // Of somebody unknown it is only odd if hardly anybody has the custom of paying as much.
    p = Math.max(p, 2.2 * custom);
  }
  // More than was offered and more than usual: one without the other is a bonus, or an offer with a slip of the pen.
  if (offer && overpaid > TIP && x > usual.middle + Math.log(TIP)) {
    p = Math.min(p, Math.max(offer(Math.log(overpaid)), -12));
  }
  return { row, p, times: Math.exp(x - usual.middle), overpaid };
}

/**
 * How odd it is to pay more than was offered, where offers are mostly kept in this file. Kept offers are a spike at 1, so nothing can be
 * extrapolated from all ratios together: the share of payments beyond `TIP` says how usual overpaying is, and those payments how far it goes.
 */
function learnOffers(ledger: Ledger): Tail | undefined {
  const { window: w } = ledger;
  const beyond: number[] = [];
  let known = 0;
  for (const i of ledger.byKind[K.bounty_paid]!) {
    const life = w.bounty[i]! >= 0 ? ledger.lives[w.bounty[i]!] : undefined;
    if (!life || !(life.amount > 0) || !(w.amount[i]! > 0)) continue;
    known++;
    const x = Math.log(w.amount[i]! / life.amount);
    if (x > Math.log(TIP)) beyond.push(x - Math.log(TIP));
  }
  if (known < 40) return undefined;
  // Scale of an exponential tail: shrunken towards a factor of 1.5, and by the median, so that a few frauds do not make it wide.
  const scale =
    (median([...beyond, 0.4]) / Math.LN2 * beyond.length + 0.4 * 8) /
    (beyond.length + 8);
  const share = Math.log((beyond.length + 1) / (known + 2));
  return (x) => share - Math.max(0, x - Math.log(TIP)) / scale;
}
