/** `id` becomes a part of the channel name `guild-{id}`. */
export interface Guild {
  id: string;
  name: string;
  description: string;
  /** Anybody may join; otherwise by invitation or application. */
  open: boolean;
  ownerId: string;
  /** Owner and officers: whom joining people are announced to. */
  officerIds: string[];
  memberCount: number;
  createdAt: number;
}

export type GuildRole = "owner" | "officer" | "member";

/** A membership; stored under the guild and, for the list of somebody's guilds, under the user. */
export interface Membership {
  guildId: string;
  userId: string;
  role: GuildRole;
  joinedAt: number;
}

/** Data of `guild:member-join`, on the guild's channel. */
export interface MemberJoined {
  guildId: string;
  user: { id: string; handle: string; name: string };
  role: GuildRole;
  joinedAt: number;
  memberCount: number;
}

/** Data of `guild:updated`, on the guild's channel: what changed, and the count after it. */
export interface GuildUpdated {
  guildId: string;
  memberCount: number;
  name?: string;
  description?: string;
  open?: boolean;
  /** Id of somebody who is no longer a member: they may no longer hear the channel. */
  left?: string;
  role?: { userId: string; role: GuildRole };
}
