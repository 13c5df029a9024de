import { DAY } from "../../clock.ts";
import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import { type Dealing } from "./dealings.ts";
import { strongComponents } from "./groups.ts";
import type { Ledger } from "./ledger.ts";

/** Amounts this close (ln) may be the same money handed on. */
const SAME = 0.3;

const LARGEST = 14;

/** Whether following each one's main payee from the first member visits everybody and comes back. */
export function circleOf(group: number[], next: Map<number, Dealing>): boolean {
  let at = group[0]!;
  for (let step = 1; step <= group.length; step++) {
    const d = next.get(at);
    if (!d) return false;
    at = d.to;
    if (at === group[0]) return step === group.length;
  }
  return false;
}

/** Packs payments into closed chains in order of time whose amounts are alike; at most what each payment can do once. */
export function coherentLaps(
  ledger: Ledger,
  rows: number[],
  least: number,
): { count: number; share: number } {
  const w = ledger.window;
  const used = new Set<number>();
  let count = 0;
  for (let a = 0; a < rows.length; a++) {
    if (used.has(rows[a]!)) continue;
    const chain = closeChain(ledger, rows, a, used);
    if (!chain || chain.length < least) continue;
    count++;
    for (const i of chain) used.add(i);
  }
  return {
    count,
    share: used.size / Math.max(1, rows.filter((i) => w.amount[i]! > 0).length),
  };
}

function closeChain(
  ledger: Ledger,
  rows: number[],
  start: number,
  used: Set<number>,
): number[] | undefined {
  const w = ledger.window;
  const origin = w.actor[rows[start]!]!;
  let budget = 400;
  const walk = (p: number, chain: number[], seen: Set<number>):
    | number[]
    | undefined => {
    const i = rows[p]!;
    if (w.other[i] === origin) return chain;
    if (chain.length >= 10) return;
    for (let q = p + 1; q < rows.length && budget-- > 0; q++) {
      const j = rows[q]!;
      if (
        w.actor[j] !== w.other[i] || used.has(j) ||
        seen.has(w.other[j]!) || !alike(ledger, i, j)
      ) continue;
      seen.add(w.other[j]!);
      const closed = walk(q, [...chain, j], seen);
      if (closed) return closed;
      seen.delete(w.other[j]!);
    }
  };
  return walk(start, [rows[start]!], new Set([w.other[rows[start]!]!]));
}

function alike(ledger: Ledger, i: number, j: number): boolean {
  const w = ledger.window;
  return Math.abs(Math.log(w.amount[j]! / w.amount[i]!)) <= SAME;
}

/** Groups worth judging: knit by repeated payments, by mutual weight, or by chains of like amounts. */
export function candidateGroups(
  ledger: Ledger,
  pays: Map<number, Dealing>,
): number[][] {
  const groups: number[][] = [];
  const out = new Map<number, number>(), into = new Map<number, number>();
  for (const d of pays.values()) {
    out.set(d.from, (out.get(d.from) ?? 0) + d.rows.length);
    into.set(d.to, (into.get(d.to) ?? 0) + d.rows.length);
  }
  const chains = chainEdges(ledger, pays);
  const rules: ((d: Dealing, key: number) => boolean)[] = [
    (d) => d.rows.length >= 2,
    (d) => d.rows.length >= 3,
    (d) => d.rows.length >= 5,
    (_, key) => chains.has(key),
    (d, key) => chains.has(key) && d.rows.length >= 2,
    (d, key) => chains.has(key) || d.rows.length >= 2,
    (d) =>
      d.rows.length >= 0.3 * out.get(d.from)! &&
      d.rows.length >= 0.3 * into.get(d.to)!,
    (d) =>
      d.rows.length >= 2 && d.rows.length >= 0.2 * out.get(d.from)! &&
      d.rows.length >= 0.2 * into.get(d.to)!,
  ];
  for (const rule of rules) {
    const edges = new Map<number, number[]>();
    for (const [key, d] of pays) {
      if (!rule(d, key)) continue;
      const list = edges.get(d.from);
      if (list) list.push(d.to);
      else edges.set(d.from, [d.to]);
    }
    for (const group of strongComponents(edges)) {
      if (group.length <= LARGEST) groups.push(group);
    }
  }
  return groups;
}

/** Pairs on a chain of like payments in order of time, each within three days of the one before, that closes. */
function chainEdges(ledger: Ledger, pays: Map<number, Dealing>): Set<number> {
  const w = ledger.window;
  const byPayer = new Map<number, number[]>();
  for (const d of pays.values()) {
    const list = byPayer.get(d.from);
    if (list) list.push(...d.rows);
    else byPayer.set(d.from, [...d.rows]);
  }
  for (const list of byPayer.values()) list.sort((a, b) => a - b);
  const edges = new Set<number>();
  for (const start of ledger.byKind[K.bounty_paid]!) {
    const origin = w.actor[start]!;
    if (w.other[start]! < 0 || w.other[start] === origin) continue;
    let budget = 60;
    const path = [start];
    const walk = (i: number): void => {
      const onward = byPayer.get(w.other[i]!);
      if (!onward) return;
      for (const j of onward) {
        if (j <= i || w.at[j]! - w.at[i]! > 3 * DAY) continue;
        if (!alike(ledger, i, j)) continue;
        if (budget-- <= 0) return;
        path.push(j);
        if (w.other[j] === origin) {
          if (path.length >= 3) {
            for (const e of path) edges.add(pairKey(w.actor[e]!, w.other[e]!));
          }
        } else if (
          path.length < 9 && !path.some((e) => w.actor[e] === w.other[j])
        ) walk(j);
        path.pop();
      }
    };
    walk(start);
  }
  return edges;
}
