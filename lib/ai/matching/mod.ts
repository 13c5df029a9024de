export { ensurePrepared, registerPreparation } from "./jobs.ts";
export type { ProfileDeps } from "./guild_profiles.ts";
export { canonicalSkill, canonicalSkills, neighboursOf } from "./skills.ts";
