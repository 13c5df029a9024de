import type { Anomaly, OracleReport } from "../oracle/mod.ts";

/** What the oracle found, as far as it is told: the report without its evidence. */
export interface Findings {
  health: OracleReport["health"];
  /** Activities that were looked at. */
  activities: number;
  anomalies: Pick<Anomaly, "id" | "kind" | "riskScore" | "reason">[];
}

/** A report in words. */
export interface OracleWords {
  findings: Findings;
  /** Two or three plain sentences. */
  summary: string;
  /** What to look at first; ids of anomalies. At most 5. */
  first: { id: string; why: string }[];
}
