export * from "./oracle/mod.ts";
export type { Agent, Fallback, Told } from "./told.ts";
export { type Intelligence, intelligenceOf } from "./intelligence.ts";
export { setUpIntelligence } from "./setup.ts";
export {
  readInsights,
  readOracleWords,
  readTrends,
  refreshInsights,
  type Shown,
} from "./answers.ts";
export {
  type Advice,
  GROUPS,
  type Insight,
  type InsightGroup,
  insightWords,
  type SkillDemand,
  stepNumbers,
} from "./advisor/mod.ts";
export type { Direction, Trend, TrendReport } from "./trends/mod.ts";
export type { Findings, OracleWords } from "./teller/mod.ts";
export type { PersonMatch, Proposal } from "./matchmaker/mod.ts";
export { canonicalSkill, canonicalSkills } from "./matching/mod.ts";
