export type {
  Guild,
  GuildRole,
  GuildUpdated,
  MemberJoined,
  Membership,
} from "./types.ts";
export { GuildChange, NewGuild, RoleChange } from "./fields.ts";
export {
  getGuild,
  getMembership,
  listGuilds,
  listGuildsOf,
  listMembers,
  type Member,
  type Page,
} from "./find.ts";
export { createGuild } from "./create.ts";
export { joinGuild, leaveGuild, MAX_OFFICERS, setRole } from "./members.ts";
export { updateGuild } from "./update.ts";
export { guildRow, membershipRows } from "./rows.ts";
export {
  getGuildStanding,
  GUILD_BOARD,
  type GuildStanding,
  guildStandingRows,
  newGuildStanding,
  planGuildCount,
} from "./standing.ts";
