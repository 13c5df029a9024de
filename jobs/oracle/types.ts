import type { Anomaly, AnomalyKind } from "../../lib/ai/oracle/mod.ts";
import { DAY } from "../../lib/clock.ts";

/** What one run of the oracle found, without its anomalies. */
export interface StoredReport {
  runId: string;
  /** Milliseconds; the end of what it looked at. */
  at: number;
  window: { from: number; to: number };
  health: { score: number; components: Record<string, number> };
  anomalies: number;
  critical: number;
  activities: number;
  expiresAt: number;
}

export type CaseState = "open" | "acknowledged" | "dismissed";

/** What an admin does about a case. */
export type CaseAction = "acknowledge" | "dismiss" | "reopen";

export interface CaseNote {
  at: number;
  by: string;
  action: CaseAction;
  note: string;
}

/** What a run saw of a case. */
export interface Sighting {
  at: number;
  runId: string;
  riskScore: number;
  subjects: number;
  evidence: number;
}

/**
 * The same people doing the same thing, over days: what admins decide about. Anomalies come and go with each report,
 * and their subjects with them; a case stays.
 */
export interface Case {
  id: string;
  kind: AnomalyKind;
  state: CaseState;
  subjects: string[];
  riskScore: number;
  /** The highest so far. */
  peak: number;
  reason: string;
  /** Ids of activities, the newest 200. */
  evidence: string[];
  /** Milliseconds; of the evidence. */
  firstSeen: number;
  lastSeen: number;
  openedAt: number;
  /** When a run last saw it. */
  seenAt: number;
  /** The newest 60. */
  timeline: Sighting[];
  notes: CaseNote[];
  /** When admins were told; once a case. */
  notifiedAt?: number;
}

export type { Anomaly };

export const REPORT_KEPT = 400 * DAY;
/** Anomalies are kept with their evidence for as long as somebody may ask what a report said. */
export const ANOMALY_KEPT = 60 * DAY;
/** A case that nobody has seen for this long is over; the same people doing it again make a new one. */
export const CASE_OPEN_FOR = 45 * DAY;
/** A case row goes when nobody has seen or decided it for so long; it matched nothing since `CASE_OPEN_FOR`. */
export const CASE_KEPT = 400 * DAY;
