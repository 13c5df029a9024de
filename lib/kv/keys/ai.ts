/** Keys of what the agents keep. */
type Key = Deno.KvKey;

/** What a guild is about, prepared for matching. */
export const guildProfile = (
  guildId: string,
): Key => ["ai", "guildProfiles", guildId];
/** One vector and the skills of it: what is read of every guild for every bounty. */
export const guildGlance = (
  guildId: string,
): Key => ["ai", "guildGlances", guildId];
export const guildGlances = (): Key => ["ai", "guildGlances"];
export const bountyProfile = (
  bountyId: string,
): Key => ["ai", "bountyProfiles", bountyId];
export const personProfile = (
  userId: string,
): Key => ["ai", "personProfiles", userId];
/** What was spent on the language model on a day of UTC, `2026-11-25`. */
export const modelBudget = (day: string): Key => ["ai", "budget", day];
/** When all guilds were last looked through. */
export const guildsPrepared = (): Key => ["ai", "guildsPrepared"];
