export { oracleJob, type OracleJobOptions } from "./job.ts";
export { caseActivity, decideCase, getCase, listCases } from "./cases.ts";
export { healthHistory, latestReport, reportAnomalies } from "./reports.ts";
export {
  type CaseFile,
  type CaseFilter,
  type NamedPerson,
  type OracleOverview,
  readCaseFile,
  readOracle,
} from "./overview.ts";
export {
  type CaseGraph,
  caseGraph,
  type GraphLink,
  type GraphNode,
} from "./graph.ts";
export type {
  Case,
  CaseAction,
  CaseNote,
  CaseState,
  Sighting,
  StoredReport,
} from "./types.ts";
