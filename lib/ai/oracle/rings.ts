import { learnAmounts } from "./amounts.ts";
import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import {
  type Dealing,
  dealings,
  learnPace,
  type Pace,
  wholeBounties,
} from "./dealings.ts";
import { type Detector, duration, figure, type Finding } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, median, spread } from "./statistics.ts";
import { candidateGroups, circleOf, coherentLaps } from "./ring_search.ts";

/**
 * Self-dealing rings: money that goes round a few people and comes back. Candidates are tightly knit groups of repeated payments and
 * chains of like amounts that close; they are judged by how much of a circle they are, how alike the amounts, how balanced
 * everybody's in and out, how new, how hasty the work. Partners who pay each other for real work show few of these.
 */
export const findRings: Detector = (ledger) => {
  const pays = dealings(ledger, K.bounty_paid);
  if (pays.size < 2) return [];
  const pace = learnPace(ledger);
  const amounts = learnAmounts(ledger);
  let repeated = 1;
  for (const d of pays.values()) if (d.rows.length > 1) repeated++;
  const world: World = {
    pays,
    pace,
    within: Math.max(amounts.within, 0.15),
    repeat: clamp(repeated / (pays.size + 2), 0.01, 0.6),
    reciprocity: reciprocity(pays),
    paidByMember: paymentsByMember(pays),
  };
  const candidates = new Map<string, number[]>();
  for (const group of candidateGroups(ledger, pays)) {
    candidates.set(group.join(), group);
  }
  const found: Finding[] = [];
  for (const group of candidates.values()) {
    const f = judge(ledger, world, group);
    if (f) found.push(f);
  }
  found.sort((a, b) =>
    b.odds - a.odds || b.subjects.length - a.subjects.length
  );
  const kept: Finding[] = [];
  for (const f of found) {
    if (
      !kept.some((k) => k.subjects.some((u) => f.subjects.includes(u)))
    ) kept.push(f);
  }
  return kept;
};

interface World {
  pays: Map<number, Dealing>;
  pace: Pace;
  within: number;
  /** Share of pairs that deal more than once. */
  repeat: number;
  /** Share of pairs that deal both ways. */
  reciprocity: number;
  paidByMember: Map<number, number>;
}

function judge(
  ledger: Ledger,
  world: World,
  group: number[],
): Finding | undefined {
  const { window: w, baseline } = ledger;
  const k = group.length;
  const inside: Dealing[] = [];
  for (const a of group) {
    for (const b of group) {
      const d = a === b ? undefined : world.pays.get(pairKey(a, b));
      if (d) inside.push(d);
    }
  }
  const rows = inside.flatMap((d) => d.rows).sort((a, b) => a - b);
  const n = rows.length;
  if (n < Math.max(3, k)) return;

  // Everybody has one to whom the money goes on, and these make one circle.
  const next = new Map<number, Dealing>();
  for (const d of inside) {
    const best = next.get(d.from);
    if (!best || d.rows.length > best.rows.length) next.set(d.from, d);
  }
  const circle = circleOf(group, next);
  const onCircle = circle
    ? [...next.values()].reduce((sum, d) => sum + d.rows.length, 0)
    : 0;
  const round = onCircle / n;
  const least = circle
    ? Math.min(...[...next.values()].map((d) => d.rows.length))
    : 0;
  const laps = coherentLaps(ledger, rows, Math.min(k, 3));

  let flow = 0, gap = 0;
  const balance = new Map<number, number>();
  for (const i of rows) {
    const x = w.amount[i]! || 0;
    flow += x;
    balance.set(w.actor[i]!, (balance.get(w.actor[i]!) ?? 0) - x);
    balance.set(w.other[i]!, (balance.get(w.other[i]!) ?? 0) + x);
  }
  for (const x of balance.values()) gap += Math.abs(x);
  const imbalance = flow > 0 ? gap / (2 * flow) : 1;
  const alike = spread(rows.map((i) => Math.log(w.amount[i]! || 1)));
  const total = group.reduce((s, u) => s + (world.paidByMember.get(u) ?? 0), 0);
  const share = n / Math.max(n, total);

  const lnRepeat = -Math.log(world.repeat);
  const evRepeat = clamp(
    0.35 * lnRepeat *
      inside.reduce((s, d) => s + Math.min(d.rows.length - 1, 4), 0),
    0,
    7,
  );
  const evRound = k >= 3 && circle
    ? clamp(4 * (round - 0.45), -1, 2.2) * clamp(least, 0.5, 2.5) *
        clamp(k / 4, 0.75, 1.4) + 1
    : k === 2
    ? -2
    : -0.5;
  const evLaps = clamp(
    2.2 * laps.count * clamp(laps.share, 0.2, 1) - 0.6,
    -0.6,
    6,
  );
  const evBalance = clamp((0.3 - imbalance) * 9, -2.5, 2.2);
  const evAlike = clamp(
    0.35 * n * Math.log(world.within / Math.max(alike, 0.04)),
    -3,
    3.5,
  );
  const evReciprocal = k === 2
    ? clamp(-Math.log(world.reciprocity), 0, 4)
    : clamp(-0.4 * Math.log(world.reciprocity), 0, 1.5);
  const known =
    inside.filter((d) => baseline.payments.has(pairKey(d.from, d.to))).length /
    inside.length;
  const evNew = ledger.baselineWeeks < 1 ? 0 : known < 0.2 ? 1.2 : -2.5 * known;
  const evPace = world.pace.imitation(rows);
  const [evRating, reviewed] = ratings(ledger, world, rows);
  // Small change going round is a by-product of praise, not the purpose.
  const size = median(rows.map((i) => Math.log(w.amount[i]! || 1))) -
    world.pace.amount;
  const evMoney = clamp(2.5 * (size + 1), -6, 0);
  const yields = size < -1 ||
    (reviewed >= 0.7 * n && !(k >= 3 && round > 0.65) && laps.share < 0.6);
  let odds = evRepeat + evRound + evLaps + evBalance + evAlike +
    evReciprocal + evNew + evPace + evRating + evMoney +
    (least <= 1 && laps.count <= 1 && n < 2 * k ? -1.5 : 0) +
    2.5 * (clamp(share, 0, 0.8) - 0.4) - 11;
  if (yields) odds -= 2.5;
  if (odds < -2) return;
  const first = w.at[rows[0]!]!, last = w.at[rows[n - 1]!]!;
  return {
    kind: "self_dealing_ring",
    yields,
    subjects: group,
    rows: wholeBounties(ledger, rows, group),
    odds,
    reason: `${n} payments (${
      figure(flow)
    } in all) went round ${k} people within ${duration(last - first)}${
      laps.count > 0
        ? `, closing the circle ${laps.count} time${
          laps.count === 1 ? "" : "s"
        } with like amounts`
        : ""
    }; each got back ${Math.round(100 * (1 - imbalance))} % of what they paid`,
  };
}

/** Reviews that go with the payments: all at the top is what imitations give. */
function ratings(
  ledger: Ledger,
  world: World,
  rows: number[],
): [evidence: number, reviews: number] {
  const w = ledger.window;
  const bounties = new Set(rows.map((i) => w.bounty[i]!));
  bounties.delete(-1);
  let top = 0, other = 0;
  const people = new Set(rows.flatMap((i) => [w.actor[i]!, w.other[i]!]));
  for (const u of people) {
    for (const i of ledger.byActor[u]!) {
      if (
        w.kind[i] !== K.bounty_reviewed || w.rating[i] === 0 ||
        !bounties.has(w.bounty[i]!)
      ) continue;
      if (w.rating[i]! >= 5) top++;
      else other++;
    }
  }
  if (top + other < 2) return [0, top + other];
  const p = clamp(world.pace.top, 0.1, 0.9);
  return [
    clamp(
      0.5 * (top * Math.log(0.95 / p) + other * Math.log(0.05 / (1 - p))),
      -3,
      2,
    ),
    top + other,
  ];
}

function reciprocity(pays: Map<number, Dealing>): number {
  let both = 0;
  for (const d of pays.values()) if (pays.has(pairKey(d.to, d.from))) both++;
  return clamp((both + 1) / (pays.size + 2), 0.005, 0.9);
}

function paymentsByMember(pays: Map<number, Dealing>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const d of pays.values()) {
    counts.set(d.from, (counts.get(d.from) ?? 0) + d.rows.length);
  }
  return counts;
}
