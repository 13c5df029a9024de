import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import {
  type Dealing,
  dealings,
  learnPace,
  wholeBounties,
} from "./dealings.ts";
import { type Detector, type Finding, unique } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, lnPoissonTail } from "./statistics.ts";
import { bombings, liftings } from "./review_stars.ts";
import {
  candidateGroups,
  densestParts,
  LARGEST,
  tiesOf,
} from "./review_groups.ts";
import {
  circle,
  praisedSham,
  stretch,
  unpaid,
  type World,
} from "./review_world.ts";

/**
 * Review collusion: people who praise each other again and again, or friends who lift one worker, with work that was hardly done or paid. A
 * popular worker has many clients who also praise others; a loyal client praises one worker for paid work at its usual
 * pace.
 */
export const findReviewCollusion: Detector = (ledger) => {
  const reviews = dealings(ledger, K.bounty_reviewed);
  if (reviews.size === 0) return [];
  let repeated = 1, both = 1;
  const given = new Map<number, number>(), got = new Map<number, number>();
  for (const d of reviews.values()) {
    if (d.rows.length > 1) repeated++;
    if (reviews.has(pairKey(d.to, d.from))) both++;
    given.set(d.from, (given.get(d.from) ?? 0) + d.rows.length);
    got.set(d.to, (got.get(d.to) ?? 0) + d.rows.length);
  }
  const pace = learnPace(ledger);
  let shams = 0;
  for (const d of reviews.values()) if (praisedSham(ledger, pace, d)) shams++;
  const world: World = {
    reviews,
    pace,
    shams,
    repeat: clamp(repeated / (reviews.size + 2), 0.01, 0.6),
    reciprocity: clamp(both / (reviews.size + 2), 0.005, 0.6),
    given,
    got,
  };
  const candidates = new Map<string, number[]>();
  for (const g of candidateGroups(world)) {
    const parts = densestParts(ledger, world, g);
    for (const group of parts.length > 0 ? parts : [g]) {
      if (group.length <= LARGEST) candidates.set(group.join(), group);
    }
  }
  const found: Finding[] = [];
  for (const group of candidates.values()) {
    const f = judge(ledger, world, group);
    if (f) found.push(f);
  }
  found.push(...bombings(ledger, world), ...liftings(ledger, world));
  // Of two groups that are both sure and share people, the denser one tells more.
  const sure = (f: Finding) => Math.min(f.odds, 5);
  const density = new Map(found.map((f) => [
    f,
    tiesOf(ledger, world, f.subjects).reduce((s, t) => s + t.weight, 0) /
    f.subjects.length,
  ]));
  found.sort((a, b) =>
    sure(b) - sure(a) || density.get(b)! - density.get(a)! || b.odds - a.odds
  );
  const kept: Finding[] = [];
  for (const f of found) {
    if (!kept.some((k) => k.subjects.some((u) => f.subjects.includes(u)))) {
      kept.push(f);
    }
  }
  return kept;
};

function judge(
  ledger: Ledger,
  world: World,
  group: number[],
): Finding | undefined {
  const { window: w, baseline } = ledger;
  const members = new Set(group);
  const inside: Dealing[] = [];
  for (const a of group) {
    for (const b of group) {
      const d = a === b ? undefined : world.reviews.get(pairKey(a, b));
      if (d) inside.push(d);
    }
  }
  const rows = inside.flatMap((d) => d.rows).sort((a, b) => a - b);
  const n = rows.length;
  if (n < 3) return;
  const mutual =
    inside.filter((d) => world.reviews.has(pairKey(d.to, d.from))).length /
    inside.length;
  let top = 0, other = 0;
  for (const i of rows) {
    if (w.rating[i]! >= 5) top++;
    else if (w.rating[i]! > 0) other++;
  }
  const p = clamp(world.pace.top, 0.1, 0.92);
  const evTop = clamp(
    0.6 * (top * Math.log(0.95 / p) + other * Math.log(0.05 / (1 - p))),
    -6,
    5,
  );
  const evRepeat = clamp(
    0.4 * -Math.log(world.repeat) *
      inside.reduce((s, d) => s + Math.min(d.rows.length - 1, 4), 0),
    0,
    7,
  );
  const evMutual = mutual === 0 ? -1.5 : clamp(
    -Math.log(world.reciprocity) * 0.6 * Math.sqrt(mutual * inside.length / 2),
    0,
    6,
  );
  const evPace = world.pace.imitation(rows);
  const evPaid = unpaid(ledger, world, rows);
  const givenAll = group.reduce((s, u) => s + (world.given.get(u) ?? 0), 0);
  const gotAll = group.reduce((s, u) => s + (world.got.get(u) ?? 0), 0);
  const share = n / Math.max(givenAll, gotAll, 1);
  const density = inside.length / (group.length * (group.length - 1));
  const evDense = group.length < 3
    ? 0
    : clamp(2.5 * (density - 0.3) * Math.log(group.length), -1, 2.5);
  const known =
    inside.filter((d) => baseline.reviews.has(pairKey(d.from, d.to))).length /
    inside.length;
  const evNew = ledger.baselineWeeks < 1 ? 0 : known < 0.2 ? 1 : -2.5 * known;
  const expected = group.reduce(
        (s, u) => s + baseline.count(u, K.bounty_reviewed),
        0,
      ) / Math.max(1, ledger.baselineWeeks) + 0.5;
  const evBurst = ledger.baselineWeeks < 1
    ? 0
    : clamp(-0.35 * lnPoissonTail(n, expected * 1.5), 0, 3);
  let odds = evTop + evRepeat + evMutual + evPace + evPaid + evDense +
    circle(ledger, world, group) +
    evNew + evBurst + 2 * (clamp(share, 0, 0.9) - 0.45) +
    clamp(0.4 * (n - 6), -1.2, 1.5) - 8.8;
  // Praise that is not praise in a quarter of the cases is only a busy circle.
  if (top < 0.75 * (top + other)) odds = Math.min(odds, 0.8);
  if (odds < -2) return;
  const workers = unique(inside.map((d) => d.to));
  return {
    kind: "review_collusion",
    subjects: unique(members),
    rows: wholeBounties(ledger, rows, group),
    odds,
    reason: mutual > 0 || workers.length === group.length
      ? `${group.length} people gave each other ${n} reviews, ${top} of them with 5 stars, within ${
        stretch(ledger, rows)
      }${evPace > 1.5 ? ", for work that was hardly done" : ""}`
      : `${n} reviews, ${top} with 5 stars, from the same ${
        group.length - workers.length
      } people for ${
        workers.length === 1 ? "one worker" : `${workers.length} workers`
      } within ${stretch(ledger, rows)}${
        evPace > 1.5 ? ", for work that was hardly done" : ""
      }`,
  };
}
