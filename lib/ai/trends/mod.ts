export { analyse, analyseLocally, type Opened, WEEKS } from "./local.ts";
export { compareCounts, median } from "./compare.ts";
export { trendsRefinement } from "./refine.ts";
export type { Direction, Trend, TrendReport } from "./types.ts";
