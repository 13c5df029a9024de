/** `id` becomes a part of the channel name `guild-{id}`. */
export interface Guild {
  id: string;
  name: string;
  description: string;
  /** Lower case, at most 20; absent in rows older than the field. */
  skills?: string[];
  /** Anybody may join; otherwise by invitation or application. */
  open: boolean;
  ownerId: string;
  /** Owner and officers: whom joining people are announced to. */
  officerIds: string[];
  memberCount: number;
  /** Applications that wait for an answer; absent means none. */
  applications?: number;
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

/** Where an application stands. `open` waits for an officer; the others are its end. */
export type ApplicationState = "open" | "accepted" | "rejected" | "withdrawn";

/** Somebody's latest wish to become a member; there is at most one open at a time for a guild and a person. */
export interface Application {
  guildId: string;
  userId: string;
  /** Why, in the applicant's words. */
  note: string;
  state: ApplicationState;
  createdAt: number;
  decidedAt: number | null;
  /** The officer, or the applicant who withdrew or came in by another door. */
  decidedBy: string | null;
  /** Told to who was rejected. */
  reason: string | null;
}

/** Where an invitation stands. `open` waits for who is invited, until `expiresAt`; the others are its end. */
export type InvitationState = "open" | "accepted" | "declined" | "revoked";

/** A guild's latest invitation of somebody; at most one open at a time. */
export interface Invitation {
  id: string;
  guildId: string;
  userId: string;
  inviterId: string;
  note: string;
  state: InvitationState;
  createdAt: number;
  /** Milliseconds; an open invitation is none from then on. */
  expiresAt: number;
  decidedAt: number | null;
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
  skills?: string[];
  open?: boolean;
  /** Id of somebody who is no longer a member: they may no longer hear the channel. */
  left?: string;
  role?: { userId: string; role: GuildRole };
  /** How many applications wait now. */
  applications?: number;
  /** The guild is no more: nobody may hear the channel from now on. */
  deleted?: true;
}

/** What a guild has achieved, as its page shows it. */
export interface GuildProfile {
  guildId: string;
  completed: number;
  rejected: number;
  /** Credits. */
  earned: number;
  /** 1–5, `null` before the first. */
  rating: number | null;
  /** The latest work that was paid. */
  recent: { id: string; title: string; amount: number; at: number }[];
}
