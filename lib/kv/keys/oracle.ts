/** Keys of the oracle. */
type Key = Deno.KvKey;

/** What the oracle found on a day: window, health, counts. */
export const oracleReport = (at: number, runId: string): Key => [
  "oracle",
  "report",
  at,
  runId,
];
export const oracleReports = (): Key => ["oracle", "report"];
/** One anomaly of a report: a whole report may not fit into a value. */
export const oracleAnomaly = (
  runId: string,
  anomalyId: string,
): Key => ["oracle", "anomaly", runId, anomalyId];
export const oracleAnomalies = (
  runId: string,
): Key => ["oracle", "anomaly", runId];
export const oracleCase = (caseId: string): Key => ["oracle", "case", caseId];
export const oracleCases = (): Key => ["oracle", "case"];
