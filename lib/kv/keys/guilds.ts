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

/** The latest application of somebody to a guild, whatever became of it. */
export const guildApplication = (
  guildId: string,
  userId: string,
): Key => ["guildApplications", guildId, userId];
export const guildApplications = (
  guildId: string,
): Key => ["guildApplications", guildId];
/** The same for the applicant. */
export const applicationOfUser = (
  userId: string,
  guildId: string,
): Key => ["applicationsOfUser", userId, guildId];
export const applicationsOfUser = (
  userId: string,
): Key => ["applicationsOfUser", userId];
/** Those that wait, the oldest first. */
export const openApplication = (
  guildId: string,
  createdAt: number,
  userId: string,
): Key => ["guildApplicationsOpen", guildId, createdAt, userId];
export const openApplications = (
  guildId: string,
): Key => ["guildApplicationsOpen", guildId];

/** A guild's latest invitation of somebody. */
export const guildInvitation = (
  guildId: string,
  userId: string,
): Key => ["guildInvitations", guildId, userId];
export const guildInvitations = (
  guildId: string,
): Key => ["guildInvitations", guildId];
export const invitationOfUser = (
  userId: string,
  guildId: string,
): Key => ["invitationsOfUser", userId, guildId];
export const invitationsOfUser = (
  userId: string,
): Key => ["invitationsOfUser", userId];
export const openInvitation = (
  guildId: string,
  createdAt: number,
  userId: string,
): Key => ["guildInvitationsOpen", guildId, createdAt, userId];
export const openInvitations = (
  guildId: string,
): Key => ["guildInvitationsOpen", guildId];

/** There while somebody who was put out may not come back by themselves: `{until}`. */
export const guildBar = (
  guildId: string,
  userId: string,
): Key => ["guildBars", guildId, userId];
export const guildBars = (guildId: string): Key => ["guildBars", guildId];
