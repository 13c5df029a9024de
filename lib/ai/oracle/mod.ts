export {
  type Activity,
  ACTIVITY_KINDS,
  type ActivityKind,
  ActivitySchema,
  isActivity,
  type Outcome,
} from "./activity.ts";
export { detectAnomalies, Oracle, type OracleOptions } from "./detect.ts";
export { ANOMALY_KINDS, type AnomalyKind } from "./finding.ts";
export { MalformedLine, readActivities, readActivityBatches } from "./lines.ts";
export {
  type Anomaly,
  CRITICAL,
  type Instant,
  type OracleReport,
} from "./report.ts";
