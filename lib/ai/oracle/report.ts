import { K } from "./columns.ts";
import { ANOMALY_KINDS, type AnomalyKind, type Finding } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp } from "./statistics.ts";

/** An instant as the activity file writes it: ms, or ISO 8601. */
export type Instant = number | string;

export interface Anomaly {
  /** Stable for the same case in the same week: kind and subjects. */
  id: string;
  kind: AnomalyKind;
  subjects: string[];
  /** 0–100; 80 and more is critical. About the share of such flags that is right. */
  riskScore: number;
  /** One sentence. */
  reason: string;
  /** Activities of the window, in order of time. */
  evidence: string[];
  firstSeen: Instant;
  lastSeen: Instant;
}

export interface OracleReport {
  window: { from: Instant | null; to: Instant | null };
  health: { score: number; components: Record<string, number> };
  anomalies: Anomaly[];
}

export const CRITICAL = 80;
/** Below this a finding is not worth anybody's time. */
const WORTH_SHOWING = 35;
const MOST_EVIDENCE = 1000;

/** ln odds → 0–100. */
const score = (odds: number) =>
  Math.round(1000 / (1 + Math.exp(-clamp(odds, -20, 20)))) / 10;

/** Weighs the findings against each other and writes the report. */
export function writeReport(ledger: Ledger, findings: Finding[]): OracleReport {
  const w = ledger.window;
  const instant = (ms: number): Instant =>
    ledger.textual ? new Date(ms).toISOString() : ms;
  const anomalies = settle(excuse(ledger, findings)).flatMap((f): Anomaly[] => {
    const riskScore = score(f.odds);
    if (riskScore < WORTH_SHOWING || f.rows.length === 0) return [];
    const rows = f.rows.slice(0, MOST_EVIDENCE);
    const subjects = f.subjects.map((u) => ledger.users.texts[u]!).sort();
    return [{
      id: `${f.kind}-${fingerprint(subjects.join("\n"))}`,
      kind: f.kind,
      subjects,
      riskScore,
      reason: f.reason.endsWith(".") ? f.reason : `${f.reason}.`,
      evidence: [...new Set(rows.map((i) => w.ids[i]!))],
      firstSeen: instant(w.at[rows[0]!]!),
      lastSeen: instant(w.at[f.rows[f.rows.length - 1]!]!),
    }];
  }).sort((a, b) =>
    b.riskScore - a.riskScore || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
  const empty = Number.isNaN(ledger.newest);
  return {
    window: {
      from: empty ? null : instant(ledger.from),
      to: empty ? null : instant(ledger.newest),
    },
    health: health(ledger, anomalies),
    anomalies,
  };
}

/** Whom a brigade favours had disputes because of it: these are no abuse of their own. */
function excuse(ledger: Ledger, findings: Finding[]): Finding[] {
  const w = ledger.window;
  const brigaded = new Set<number>();
  for (const f of findings) {
    if (f.kind !== "vote_brigading" || f.odds < 1.4) continue;
    for (const i of f.rows) brigaded.add(w.bounty[i]!);
  }
  if (brigaded.size === 0) return findings;
  return findings.map((f) => {
    if (f.kind !== "dispute_abuse" || f.subjects.length > 1) return f;
    const raised = f.rows.filter((i) => w.kind[i] === K.dispute_raised);
    const own = raised.filter((i) => !brigaded.has(w.bounty[i]!)).length;
    return own < 4 ? { ...f, odds: Math.min(f.odds, 0) } : f;
  });
}

/**
 * One act, one anomaly: what a more telling finding explains is not reported again under another name. A ring's payments are also a burst;
 * a thief's payments are also outliers.
 */
export function settle(findings: Finding[]): Finding[] {
  const rank = (f: Finding) =>
    ANOMALY_KINDS.indexOf(f.kind) + (f.yields ? 1.5 : 0);
  const order = [...findings].sort((a, b) =>
    // Sure ones first, then the more specific kind, then the stronger.
    Number(b.odds > 1.4) - Number(a.odds > 1.4) || rank(a) - rank(b) ||
    b.odds - a.odds
  );
  const kept: Finding[] = [];
  for (const f of order) {
    const rows = new Set(f.rows);
    // What several surer findings explain together is explained as well.
    let told = 0;
    for (const k of kept) {
      if (k.odds > 1.4) told += k.rows.filter((i) => rows.has(i)).length;
    }
    if (told >= 0.5 * rows.size) continue;
    const explained = kept.some((k) => {
      if (k.odds < 0) return false;
      const people = f.subjects.filter((u) => k.subjects.includes(u)).length;
      if (people < f.subjects.length / 2) return false;
      const same = k.rows.filter((i) => rows.has(i)).length;
      return same >= 0.3 * rows.size ||
        (k.odds > 1.4 && (f.kind === "velocity_spike" ||
          (k.subjects.length > 1 && f.subjects.length > 1 && same > 0)));
    });
    if (!explained) kept.push(f);
  }
  return kept;
}

const COMPONENTS: Record<string, AnomalyKind[]> = {
  payments: ["self_dealing_ring", "payment_outlier"],
  reviews: ["review_collusion"],
  accounts: ["account_takeover", "sybil_guild"],
  disputes: ["dispute_abuse"],
  tribunals: ["vote_brigading"],
  pace: ["velocity_spike"],
};

/**
 * 100: nothing odd. Each component loses what the share of active people in its anomalies, weighed by risk, is worth:
 * one in a thousand costs 10 points, one in a hundred 50.
 */
function health(
  ledger: Ledger,
  anomalies: Anomaly[],
): OracleReport["health"] {
  const active = ledger.byActor.filter((rows) => rows.length > 0).length;
  const components: Record<string, number> = {};
  for (const [name, kinds] of Object.entries(COMPONENTS)) {
    const risk = new Map<string, number>();
    for (const a of anomalies) {
      if (!kinds.includes(a.kind)) continue;
      for (const s of a.subjects) {
        risk.set(s, Math.max(risk.get(s) ?? 0, a.riskScore / 100));
      }
    }
    const sum = [...risk.values()].reduce((x, y) => x + y, 0);
    const share = sum / Math.max(active, 20);
    components[name] = Math.round(100 / (1 + 100 * share));
  }
  const values = Object.values(components);
  const mean = values.reduce((x, y) => x + y, 0) / values.length;
  const score = Math.round(0.5 * mean + 0.5 * Math.min(...values));
  return { score, components };
}

/** 53 bits of a text, as letters and digits (cyrb53). */
function fingerprint(text: string): string {
  let a = 0xdeadbeef, b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^
    Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^
    Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
