/** Keys of guilds. */
type Key = Deno.KvKey;

export const guild = (guildId: string): Key => ["guilds", guildId];
export const guildsPrefix = (): Key => ["guilds"];
export const guildMember = (
  guildId: string,
  userId: string,
): Key => ["guildMembers", guildId, userId];
export const guildMembers = (guildId: string): Key => ["guildMembers", guildId];
export const guildOfUser = (
  userId: string,
  guildId: string,
): Key => ["guildsOfUser", userId, guildId];
export const guildsOfUser = (userId: string): Key => ["guildsOfUser", userId];
