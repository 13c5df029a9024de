import { increment, pairKey } from "./baseline.ts";
import { type Dealing } from "./dealings.ts";
import { Sets } from "./groups.ts";
import type { Ledger } from "./ledger.ts";
import { type World } from "./review_world.ts";

export const LARGEST = 24;

/** Components of pairs that review each other, or one the other again and again. */
export function candidateGroups(world: World): number[][] {
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
export function tiesOf(ledger: Ledger, world: World, group: number[]): Tie[] {
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
export function densestParts(
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
