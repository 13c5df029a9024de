import {
  type Anomaly,
  ANOMALY_KINDS,
  type AnomalyKind,
  CRITICAL,
  type OracleReport,
} from "../../../lib/ai/oracle/mod.ts";
import type { Attack, LabelledWorld } from "./builder.ts";

export interface Tally {
  attacks: number;
  found: number;
  flags: number;
  right: number;
  /** (kind, person) pairs: planted, flagged, both. */
  people: number;
  named: number;
  hit: number;
  evidence: number;
  evidenceRight: number;
}

export const emptyTally = (): Tally => ({
  attacks: 0,
  found: 0,
  flags: 0,
  right: 0,
  people: 0,
  named: 0,
  hit: 0,
  evidence: 0,
  evidenceRight: 0,
});

export type Tallies = Record<AnomalyKind, Tally>;

export const emptyTallies = (): Tallies =>
  Object.fromEntries(ANOMALY_KINDS.map((k) => [k, emptyTally()])) as Tallies;

/** A flag is right when it has the attack's kind and they share at least half of all people in either (Jaccard). */
export function matches(anomaly: Anomaly, attack: Attack): boolean {
  if (anomaly.kind !== attack.kind) return false;
  const both = anomaly.subjects.filter((s) => attack.subjects.includes(s));
  const all = new Set([...anomaly.subjects, ...attack.subjects]);
  return both.length / all.size >= 0.5;
}

/** Adds one world's report at `threshold` to the tallies. */
export function tally(
  into: Tallies,
  world: LabelledWorld,
  report: OracleReport,
  threshold = CRITICAL,
): void {
  const flags = report.anomalies.filter((a) => a.riskScore >= threshold);
  for (const kind of ANOMALY_KINDS) {
    const t = into[kind];
    const attacks = world.attacks.filter((a) => a.kind === kind);
    const mine = flags.filter((a) => a.kind === kind);
    t.attacks += attacks.length;
    t.found += attacks.filter((a) => mine.some((f) => matches(f, a))).length;
    t.flags += mine.length;
    t.right += mine.filter((f) => attacks.some((a) => matches(f, a))).length;
    const planted = new Set(attacks.flatMap((a) => a.subjects));
    const named = new Set(mine.flatMap((a) => a.subjects));
    t.people += planted.size;
    t.named += named.size;
    for (const s of named) if (planted.has(s)) t.hit++;
    for (const f of mine) {
      const a = attacks.find((x) => matches(f, x));
      if (!a) continue;
      const real = new Set(a.evidence);
      t.evidence += f.evidence.length;
      t.evidenceRight += f.evidence.filter((id) => real.has(id)).length;
    }
  }
}

export function total(tallies: Tallies): Tally {
  const sum = emptyTally();
  for (const t of Object.values(tallies)) {
    for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += t[key];
  }
  return sum;
}

const share = (a: number, b: number) => b === 0 ? "  –  " : (a / b).toFixed(3);

/** A table of precision and recall by kind. */
export function table(tallies: Tallies): string {
  const line = (name: string, t: Tally) =>
    `${name.padEnd(18)} ${String(t.attacks).padStart(5)} ${
      share(t.right, t.flags).padStart(7)
    } ${share(t.found, t.attacks).padStart(7)}   ${
      share(t.hit, t.named).padStart(7)
    } ${share(t.hit, t.people).padStart(7)}  ${
      share(t.evidenceRight, t.evidence).padStart(7)
    }`;
  return [
    "kind               cases  precis.  recall   people:p people:r  evidence:p",
    ...ANOMALY_KINDS.map((k) => line(k, tallies[k])),
    line("overall", total(tallies)),
  ].join("\n");
}
