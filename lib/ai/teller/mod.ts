export { tellLocally } from "./local.ts";
export { tellerRefinement } from "./refine.ts";
export { Findings, type OracleWords } from "./types.ts";
