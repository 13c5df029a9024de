import type { Ledger } from "./ledger.ts";

/** Kinds of anomaly, from the most to the least specific explanation. */
export const ANOMALY_KINDS = [
  "sybil_guild",
  "account_takeover",
  "self_dealing_ring",
  "review_collusion",
  "vote_brigading",
  "dispute_abuse",
  "payment_outlier",
  "velocity_spike",
] as const;
export type AnomalyKind = typeof ANOMALY_KINDS[number];

/** What a detector found, before it is weighed against the others. Users and rows are the ledger's numbers. */
export interface Finding {
  kind: AnomalyKind;
  /** Culprits only. */
  subjects: number[];
  /** The odd rows. */
  rows: number[];
  /** Natural log-odds that this is real. */
  odds: number;
  reason: string;
  /** Whether another kind of about the same people explains it better, where both are sure. */
  yields?: boolean;
}

export type Detector = (ledger: Ledger) => Finding[];

/** "12 minutes", "3 hours", "2 days". */
export function duration(ms: number): string {
  const [n, unit] = ms < 90_000
    ? [ms / 1000, "second"]
    : ms < 90 * 60_000
    ? [ms / 60_000, "minute"]
    : ms < 36 * 3_600_000
    ? [ms / 3_600_000, "hour"]
    : [ms / 86_400_000, "day"];
  const rounded = Math.max(1, Math.round(n));
  return `${rounded} ${unit}${rounded === 1 ? "" : "s"}`;
}

/** "1.2", "34", "56,000": three significant digits. */
export function figure(x: number): string {
  return Number(x.toPrecision(3)).toLocaleString("en", {
    maximumFractionDigits: 2,
  });
}

export const unique = (values: Iterable<number>): number[] =>
  [...new Set(values)].sort((a, b) => a - b);
