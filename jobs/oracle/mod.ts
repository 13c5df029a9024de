export { oracleJob, type OracleJobOptions } from "./job.ts";
export { caseActivity, decideCase, getCase, listCases } from "./cases.ts";
export { healthHistory, latestReport, reportAnomalies } from "./reports.ts";
export type {
  Case,
  CaseAction,
  CaseNote,
  CaseState,
  Sighting,
  StoredReport,
} from "./types.ts";
