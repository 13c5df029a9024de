export { seedDemo } from "./seed.ts";
export { listDemoUsers } from "./users.ts";
export {
  type CrowdProgress,
  type CrowdResult,
  type SeedCrowd,
  seedCrowd,
} from "./crowd/mod.ts";
