export * from "./oracle/mod.ts";
export {
  type Intelligence,
  intelligenceOf,
  setUpIntelligence,
} from "./intelligence.ts";
export type { Agent, Fallback, Told } from "./told.ts";
export type { PersonMatch, Proposal } from "./matchmaker/mod.ts";
