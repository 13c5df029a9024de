export type {
  Application,
  ApplicationState,
  Guild,
  GuildProfile,
  GuildRole,
  GuildUpdated,
  Invitation,
  InvitationState,
  MemberJoined,
  Membership,
} from "./types.ts";
export {
  ApplicationForm,
  GuildChange,
  GuildEnd,
  InvitationForm,
  NewGuild,
  Rejection,
  RoleChange,
} from "./fields.ts";
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
export { DESCRIBE_GUILD_KIND, describeGuildJob } from "./describe_job.ts";
export {
  joinGuild,
  leaveGuild,
  MAX_OFFICERS,
  removeMember,
  setRole,
} from "./members.ts";
export {
  acceptApplication,
  applyToGuild,
  getOpenApplication,
  rejectApplication,
  withdrawApplication,
} from "./applications.ts";
export {
  acceptInvitation,
  declineInvitation,
  getOpenInvitation,
  inviteToGuild,
  revokeInvitation,
} from "./invitations.ts";
export {
  type Applicant,
  type Invited,
  listApplications,
  listApplicationsOf,
  listInvitations,
  listInvitationsOf,
} from "./petition_lists.ts";
export { updateGuild } from "./update.ts";
export { getGuildProfile } from "./profile.ts";
export { endGuild } from "./end.ts";
export { registerGuildJobs } from "./forget_job.ts";
export { guildRows, membershipRows } from "./rows.ts";
export {
  getGuildStanding,
  GUILD_BOARD,
  type GuildStanding,
  guildStandingRows,
  newGuildStanding,
  planGuildCount,
} from "./standing.ts";
export { applicationRows, invitationRows } from "./petition_rows.ts";
export { INVITATION_LIFE } from "./petitions.ts";
export { guildEntry } from "./search_entry.ts";
