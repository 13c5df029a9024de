export {
  adviseLocally,
  adviseNow,
  type AdvisorDeps,
  basisOf,
  brought,
} from "./local.ts";
export { advisorRefinement } from "./refine.ts";
export {
  type Advice,
  GROUPS,
  type Insight,
  type InsightGroup,
  type InsightKind,
  type SkillDemand,
} from "./types.ts";
export { insightWords, stepNumbers } from "./words.ts";
