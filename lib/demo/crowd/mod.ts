export type { CrowdPlan } from "./plan.ts";
export { type CrowdProgress, crowdRows } from "./crowd.ts";
export {
  type CrowdResult,
  listGuests,
  type SeedCrowd,
  seedCrowd,
} from "./write.ts";
