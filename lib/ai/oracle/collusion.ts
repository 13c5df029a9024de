import { increment, pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import {
  type Dealing,
  dealings,
  learnPace,
  type Pace,
  wholeBounties,
} from "./dealings.ts";
import { type Detector, duration, type Finding, unique } from "./finding.ts";
import { Sets } from "./groups.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, lnBinomialTail, lnPoissonTail } from "./statistics.ts";

const LARGEST = 24;

interface World {
  reviews: Map<number, Dealing>;
  pace: Pace;
  repeat: number;
  reciprocity: number;
  given: Map<number, number>;
  got: Map<number, number>;
}

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
  const world: World = {
    reviews,
    pace: learnPace(ledger),
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
    reason: mutual > 0
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

const stretch = (ledger: Ledger, rows: number[]) =>
  duration(
    ledger.window.at[rows[rows.length - 1]!]! - ledger.window.at[rows[0]!]!,
  );

/** Praise without pay, or for a pittance, where work is paid here. */
function unpaid(ledger: Ledger, world: World, rows: number[]): number {
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

/** Components of pairs that review each other, or one the other again and again. */
function candidateGroups(world: World): number[][] {
  const groups: number[][] = [];
  const { reviews } = world;
  const back = (d: Dealing) =>
    reviews.get(pairKey(d.to, d.from))?.rows.length ?? 0;
  const { sham } = world.pace;
  const shams = (d: Dealing) => d.rows.filter((i) => sham(i)).length;
  const rules: ((d: Dealing) => boolean)[] = [
    (d) => shams(d) >= 1,
    (d) => shams(d) >= 2,
    (d) => d.rows.length + back(d) >= 2 && shams(d) >= 1,
    (d) => d.rows.length + back(d) >= 2,
    (d) => d.rows.length + back(d) >= 3,
    (d) => d.rows.length + back(d) >= 5,
    (d) => back(d) > 0,
    (d) => back(d) > 0 && d.rows.length + back(d) >= 3,
    (d) => d.rows.length >= 2 && back(d) >= 2,
    (d) =>
      d.rows.length >= 2 &&
      d.rows.length >= 0.3 * world.given.get(d.from)! &&
      d.rows.length >= 0.15 * world.got.get(d.to)!,
  ];
  for (const rule of rules) {
    const sets = new Sets();
    const nodes = new Set<number>();
    for (const d of reviews.values()) {
      if (!rule(d)) continue;
      sets.join(d.from, d.to);
      nodes.add(d.from);
      nodes.add(d.to);
    }
    for (const group of sets.of(nodes)) {
      if (group.length <= 4 * LARGEST) groups.push(group);
    }
  }
  return groups;
}

/** Two people and how suspiciously they praise each other. */
interface Tie {
  a: number;
  b: number;
  weight: number;
}

/** Ties among the members: praise for sham work, or praising each other again and again. One pair counts for three at most. */
function tiesOf(ledger: Ledger, world: World, group: number[]): Tie[] {
  const w = ledger.window;
  const ties: Tie[] = [];
  for (const a of group) {
    for (const b of group) {
      const there = a < b ? world.reviews.get(pairKey(a, b))?.rows ?? [] : [];
      const back = a < b ? world.reviews.get(pairKey(b, a))?.rows ?? [] : [];
      const count = there.length + back.length;
      let weight = 0;
      for (const i of [...there, ...back]) {
        if (w.rating[i]! >= 5 && world.pace.sham(i)) weight++;
        else if (count >= 3) weight += 0.4;
        else weight -= 0.3;
      }
      if (weight > 0) ties.push({ a, b, weight: Math.min(weight, 3) });
    }
  }
  return ties;
}

/**
 * Splits a group into its densest parts, ties a member, by taking away the loosest member again and again (Charikar 2000) and
 * keeping the best that was on the way; then the same with the rest. Two gangs with a client in common fall apart.
 */
function densestParts(
  ledger: Ledger,
  world: World,
  group: number[],
): number[][] {
  const parts: number[][] = [];
  let rest = group;
  while (rest.length >= 2) {
    let ties = tiesOf(ledger, world, rest);
    let left = new Set(rest);
    let best: number[] = [], density = 0.9;
    while (left.size >= 2) {
      const degree = new Map<number, number>([...left].map((u) => [u, 0]));
      let sum = 0;
      for (const t of ties) {
        sum += t.weight;
        increment(degree, t.a, t.weight);
        increment(degree, t.b, t.weight);
      }
      if (sum / left.size > density) {
        density = sum / left.size;
        best = [...left];
      }
      let loosest = -1, least = Infinity;
      for (const [u, d] of degree) if (d < least) [loosest, least] = [u, d];
      left = new Set(left);
      left.delete(loosest);
      ties = ties.filter((t) => t.a !== loosest && t.b !== loosest);
    }
    if (best.length === 0) break;
    const taken = new Set(best);
    parts.push(...unmixed(best, tiesOf(ledger, world, best)));
    rest = rest.filter((u) => !taken.has(u));
  }
  return parts;
}

/**
 * Takes apart what only a few ties hold together. Two gangs are as dense together as each alone, so density does not part them: members
 * are joined from the strongest tie on while that is better than chance (modularity, Newman 2004), and the outcome counts where hardly any
 * ties are left between.
 */
function unmixed(part: number[], ties: Tie[]): number[][] {
  const total = ties.reduce((s, t) => s + t.weight, 0);
  const home = new Map(part.map((u) => [u, u]));
  const strength = new Map<number, number>();
  for (const t of ties) {
    increment(strength, t.a, t.weight);
    increment(strength, t.b, t.weight);
  }
  const between = new Map<number, number>();
  for (;;) {
    between.clear();
    for (const t of ties) {
      const a = home.get(t.a)!, b = home.get(t.b)!;
      if (a !== b) {
        increment(between, pairKey(Math.min(a, b), Math.max(a, b)), t.weight);
      }
    }
    let gain = 1e-9, pair = -1;
    for (const [key, weight] of between) {
      const b = key % 33554432, a = (key - b) / 33554432;
      const by = weight -
        strength.get(a)! * strength.get(b)! / (2 * total);
      if (by > gain) [gain, pair] = [by, key];
    }
    if (pair < 0) break;
    const b = pair % 33554432, a = (pair - b) / 33554432;
    for (const [u, h] of home) if (h === b) home.set(u, a);
    increment(strength, a, strength.get(b)!);
  }
  const homes = Map.groupBy(part, (u) => home.get(u)!);
  const left = [...between.values()].reduce((s, x) => s + x, 0);
  const all = part.sort((a, b) => a - b);
  if (homes.size < 2 || left > 0.12 * total) return [all];
  return [...homes.values()].filter((g) => g.length > 1)
    .map((g) => g.sort((a, b) => a - b));
}

/** One worker's reviews from several people in the window, of one sort. */
function star(
  ledger: Ledger,
  wanted: (rating: number) => boolean,
): Map<number, number[]> {
  const w = ledger.window;
  const byWorker = new Map<number, number[]>();
  for (const i of ledger.byKind[K.bounty_reviewed]!) {
    if (
      w.rating[i] === 0 || !wanted(w.rating[i]!) || w.other[i]! < 0 ||
      w.other[i] === w.actor[i]
    ) continue;
    const list = byWorker.get(w.other[i]!);
    if (list) list.push(i);
    else byWorker.set(w.other[i]!, [i]);
  }
  return byWorker;
}

/** Several people who give one worker bad ratings for work that never was. The worker is no culprit. */
function bombings(ledger: Ledger, world: World): Finding[] {
  const w = ledger.window;
  const bad = star(ledger, (r) => r <= 2);
  return [...bad].flatMap(([worker, rows]): Finding[] => {
    const people = unique(rows.map((i) => w.actor[i]!));
    if (rows.length < 4 || people.length < 2) return [];
    const evPace = world.pace.imitation(rows);
    const evLow = clamp(
      0.5 * rows.length * Math.log(0.9 / clamp(world.pace.low, 0.02, 0.5)),
      0,
      6,
    );
    const repeats = rows.length - people.length;
    let odds = evLow + evPace + clamp(repeats, 0, 4) +
      unpaid(ledger, world, rows) - 8.5;
    // Many unhappy clients of real work are no conspiracy.
    if (evPace < 1 && repeats < 3) odds = Math.min(odds, 0.5);
    if (odds < -2) return [];
    return [{
      kind: "review_collusion",
      subjects: people,
      rows: wholeBounties(ledger, rows, people),
      odds,
      reason: `${people.length} people gave ${
        ledger.users.texts[worker]
      } ${rows.length} ratings of 2 or less within ${stretch(ledger, rows)}`,
    }];
  });
}

/**
 * Many people who praise one worker for work that was hardly done. Sham praise of one worker is weighed against how much of it there is
 * everywhere; honest clients of the same worker are left out.
 */
function liftings(ledger: Ledger, world: World): Finding[] {
  const { window: w, baseline } = ledger;
  const good = star(ledger, (r) => r >= 5);
  let shams = 0, all = 0;
  for (const rows of good.values()) {
    all += rows.length;
    for (const i of rows) if (world.pace.sham(i)) shams++;
  }
  const usual = clamp(1.6 * (shams + 1) / (all + 10), 0.05, 0.6);
  const workers = [...good.values()].filter((rows) => rows.length >= 4).length;
  return [...good].flatMap(([worker, praise]): Finding[] => {
    const sham = praise.filter((i) => world.pace.sham(i));
    const people = unique(sham.map((i) => w.actor[i]!));
    if (sham.length < 4 || people.length < 2) return [];
    const rows = praise.filter((i) => people.includes(w.actor[i]!));
    const evSham = clamp(
      -lnBinomialTail(sham.length, praise.length, usual),
      0,
      8,
    );
    const fresh = people.filter((u) =>
      baseline.reviews.get(pairKey(u, worker)) === undefined
    ).length / people.length;
    const loyal = people.filter((u) =>
      world.given.get(u)! <=
        world.reviews.get(pairKey(u, worker))!.rows.length + 1
    ).length / people.length;
    const again = people.filter((u) =>
      sham.filter((i) =>
        w.actor[i] === u
      ).length > 1
    ).length;
    const repeats = clamp(
      -0.7 * lnBinomialTail(
        again,
        people.length,
        clamp(world.repeat, 0.05, 0.5),
      ),
      0,
      6,
    );
    const length = w.at[rows[rows.length - 1]!]! - w.at[rows[0]!]!;
    const odds = evSham + world.pace.imitation(rows) +
      unpaid(ledger, world, rows) + repeats +
      (ledger.baselineWeeks >= 1 ? 2.5 * (fresh - 0.6) : 0) +
      1.5 * (loyal - 0.5) +
      clamp(Math.log(3 * 86_400_000 / Math.max(length, 60_000)), -1, 2.5) -
      0.5 * Math.log(workers + 1) - 9.5;
    if (odds < -2) return [];
    return [{
      kind: "review_collusion",
      subjects: unique([...people, worker]),
      rows: wholeBounties(ledger, rows, [...people, worker]),
      odds,
      reason: `${people.length} people gave ${
        ledger.users.texts[worker]
      } ${rows.length} 5-star reviews within ${
        stretch(ledger, rows)
      }, for work that was hardly done or paid`,
    }];
  });
}
