export { tellLocally } from "./local.ts";
export { tellerRefinement } from "./refine.ts";
export type { Findings, OracleWords } from "./types.ts";
