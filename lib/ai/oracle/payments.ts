import { type Amounts, learnAmounts } from "./amounts.ts";
import { K } from "./columns.ts";
import { type Detector, figure } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, fitTail, lnBinomialTail, type Tail } from "./statistics.ts";

interface Odd {
  row: number;
  /** ln P of an ordinary payment being as odd. */
  p: number;
  /** Times what this payer usually pays. */
  times: number;
  /** Times what was offered; NaN where no offer is known. */
  overpaid: number;
}

/**
 * Payment outliers: amounts that neither the payer's own habits, nor everybody's amounts, nor the bounty's offer explain. Several
 * lesser ones of one payer add up. The payee is not a culprit.
 */
export const findPaymentOutliers: Detector = (ledger) => {
  const { window: w, baseline } = ledger;
  const amounts = learnAmounts(ledger);
  const offer = learnOffers(ledger);
  const byPayer = new Map<number, Odd[]>();
  for (const i of ledger.byKind[K.bounty_paid]!) {
    if (!(w.amount[i]! > 0)) continue;
    const odd = judge(ledger, amounts, offer, i);
    const list = byPayer.get(w.actor[i]!);
    if (list) list.push(odd);
    else byPayer.set(w.actor[i]!, [odd]);
  }
  return [...byPayer].flatMap(([payer, list]) => {
    list.sort((a, b) => a.p - b.p);
    // The most surprising "at least k of n are as odd as the k-th".
    let best = 0, taken = 0;
    for (let k = 1; k <= list.length; k++) {
      const p = list[k - 1]!.p;
      if (p > -3) break;
      const joint = Math.max(
        lnBinomialTail(k, list.length, Math.exp(p)),
        // Amounts of one payer are not independent: each further one counts less.
        list[0]!.p * (1 + 0.3 * Math.log(k)),
      );
      if (joint < best) [best, taken] = [joint, k];
    }
    if (taken === 0) return [];
    const odd = list.slice(0, taken).filter((o) => o.p < best / taken / 3);
    const top = odd[0]!;
    const past = baseline.paid[payer]?.length ?? 0;
    const large = Math.log(w.amount[top.row]!) - amounts.upper;
    const odds = -best - Math.log(byPayer.size + 1) - 3.5 +
      clamp(large, -3, 1.5) + (past >= 4 ? 0.5 : -0.5);
    if (odds < -2) return [];
    return [{
      kind: "payment_outlier",
      subjects: [payer],
      rows: odd.map((o) => o.row).sort((a, b) => a - b),
      odds,
      reason: sentence(w.amount[top.row]!, top, odd.length, past),
    }];
  });
};

function sentence(
  amount: number,
  top: Odd,
  count: number,
  past: number,
): string {
  const first = `${count === 1 ? "A payment" : `${count} payments, one`} of ${
    figure(amount)
  } where this account usually pays ${figure(amount / top.times)}`;
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
  let p = amounts.residual(x - usual);
  const known = past && past.length >= 4;
  if (known) {
    const most = past.reduce((a, b) => Math.max(a, b));
    // Paid as much before: at most mildly odd. A little more than the most ever: less odd than it looks.
    if (x <= most + 0.25) p = Math.max(p, -2);
    else p = Math.max(p, 1.5 * amounts.residual(x - most) - 4);
  } else p = Math.max(p, amounts.level(x));
  if (offer && overpaid > 1.5) {
    p = Math.min(p, Math.max(offer(Math.log(overpaid)), -12));
  }
  return { row, p, times: Math.exp(x - usual), overpaid };
}

/** How payments differ from offers, where they mostly agree in this file. */
function learnOffers(ledger: Ledger): Tail | undefined {
  const { window: w } = ledger;
  const ratios: number[] = [];
  for (const i of ledger.byKind[K.bounty_paid]!) {
    const life = w.bounty[i]! >= 0 ? ledger.lives[w.bounty[i]!] : undefined;
    if (life && life.amount > 0 && w.amount[i]! > 0) {
      ratios.push(Math.log(w.amount[i]! / life.amount));
    }
  }
  return ratios.length >= 40 ? fitTail(ratios, 0.12) : undefined;
}
