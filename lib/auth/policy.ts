import type { Clock } from "../clock.ts";
import type { Call } from "../calls/types.ts";
import type { Dispute, DisputeParty } from "../disputes/types.ts";
import type { Guild, GuildRole } from "../guilds/types.ts";
import { keys } from "../kv/mod.ts";
import {
  type Channel,
  disputeChannel,
  guildChannel,
  parseChannel,
} from "../realtime/channels.ts";
import {
  byRole,
  isAtLeast,
  type MuteRow,
  type Refusal,
  type RoomRules,
} from "./room_rights.ts";

/**
 * `see`: subscribe and read history; `write`: publish into it; `administer`: moderate, invite, edit. The others are
 * asked of rooms: react to a message, name everybody, pin a message, send files.
 */
export type Right =
  | "see"
  | "write"
  | "administer"
  | "react"
  | "mentionEveryone"
  | "pin"
  | "upload";

/** Who asks. `null` is somebody who has not signed in. */
export type Actor = { id: string; role: "member" | "admin" } | null;

/** The one place that decides. Pages, JSON API, WebSocket and auth endpoint all ask it. */
export interface Policy {
  may(actor: Actor, right: Right, channel: Channel): Promise<boolean>;
  /** Why not; `null` when they may. */
  refusal(
    actor: Actor,
    right: Right,
    channel: Channel,
  ): Promise<Refusal | null>;
}

export {
  type BountyRight,
  type BountyStanding,
  mayBounty,
} from "./bounty_rights.ts";

const CLOSED: Refusal = { reason: "closed" };
const ENDED: Refusal = { reason: "ended" };

export interface PolicyOptions {
  kv: Deno.Kv;
  now?: Clock;
}

/**
 * Decides by what a channel is about, whatever its prefix, with at most one read (two for a dispute seen by a guild):
 *
 * | channel | see | write | administer |
 * | --- | --- | --- | --- |
 * | guild | members, admins | members, admins | owner, officers, admins |
 * | direct messages | the two | the two, unless one has blocked the other | nobody |
 * | dispute | parties, jurors, officers of the guild concerned, admins | parties and jurors until its end, admins | mediators, admins who are no party |
 * | a call | who may see its room, until it ends | the server only | nobody |
 * | a user's own | that user | the server only | nobody |
 * | global | everyone | admins | admins |
 * | anything else | decided by the signature of the application | | |
 *
 * In guilds and disputes `write` also needs the role that the officers have set for it, and not to be muted; so do
 * `mentionEveryone`, `pin` and `upload`. `react` has a role of its own and does not need that for `write`. In direct
 * messages both may react, pin and upload.
 */
export function createPolicy(
  { kv, now = Date.now }: PolicyOptions,
): Policy {
  async function inGuild(
    actor: NonNullable<Actor>,
    right: Right,
    guildId: string,
  ): Promise<Refusal | null> {
    const room = guildChannel(guildId);
    const [guild, member, settings, mute] = await kv.getMany<
      [Guild, { role: GuildRole }, RoomRules, MuteRow]
    >([
      keys.guild(guildId),
      keys.guildMember(guildId, actor.id),
      keys.roomSettings(room),
      keys.mute(room, actor.id),
    ]);
    if (guild.value === null) return CLOSED;
    if (actor.role === "admin") return null;
    // Memberships of a guild that has ended are cleared away by a job, some time after it.
    if (member.value === null) return CLOSED;
    const { role } = member.value;
    return byRole(role, right, settings.value, mute.value, now());
  }

  /** A dispute's room. After its end it is kept as it was said. */
  async function inDispute(
    actor: NonNullable<Actor>,
    right: Right,
    disputeId: string,
  ): Promise<Refusal | null> {
    const room = disputeChannel(disputeId);
    const [{ value: dispute }, { value: party }, settings, mute] = await kv
      .getMany<[Dispute, DisputeParty, RoomRules, MuteRow]>([
        keys.dispute(disputeId),
        keys.disputeParty(disputeId, actor.id),
        keys.roomSettings(room),
        keys.mute(room, actor.id),
      ]);
    if (dispute === null) return CLOSED;
    const concerned = party?.role === "raiser" || party?.role === "accused";
    if (actor.role === "admin" && !(concerned && right === "administer")) {
      return null;
    }
    if (party !== null) {
      const ended = dispute.state === "resolved" ||
        dispute.state === "withdrawn";
      if (ended && right !== "see" && right !== "administer") return ENDED;
      const role = party.role === "mediator" ? "officer" : "member";
      return byRole(role, right, settings.value, mute.value, now());
    }
    if (right !== "see" || !dispute.guildId) return CLOSED;
    const member = await kv.get<{ role: GuildRole }>(
      keys.guildMember(dispute.guildId, actor.id),
    );
    return member.value && isAtLeast(member.value.role, "officer")
      ? null
      : CLOSED;
  }

  async function inDirect(
    actor: NonNullable<Actor>,
    right: Right,
    [a, b]: readonly [string, string],
  ): Promise<Refusal | null> {
    if (actor.id !== a && actor.id !== b) return CLOSED;
    if (right === "see") return null;
    if (right === "administer" || right === "mentionEveryone") {
      return { reason: "role" };
    }
    const blocks = await kv.getMany([keys.block(a, b), keys.block(b, a)]);
    return blocks.some((block) => block.value !== null)
      ? { reason: "blocked" }
      : null;
  }

  /** Whoever may see its room may hear of a call, until it ends. What is said there goes through the server. */
  async function inCall(
    actor: NonNullable<Actor>,
    right: Right,
    callId: string,
  ): Promise<Refusal | null> {
    if (right !== "see") return CLOSED;
    const { value } = await kv.get<Call>(keys.call(callId));
    const room = value && value.state !== "ended" &&
      parseChannel(value.channel);
    // A call belongs to a room, never to another call.
    if (!room || room.subject.kind === "call") return CLOSED;
    return await refusal(actor, right, room);
  }

  async function refusal(
    actor: Actor,
    right: Right,
    { subject }: Channel,
  ): Promise<Refusal | null> {
    if (subject.kind === "global" && right === "see") return null;
    if (actor === null) return CLOSED;
    switch (subject.kind) {
      case "global":
        return actor.role === "admin" ? null : CLOSED;
      case "guild":
        return await inGuild(actor, right, subject.guildId);
      case "dm":
        return await inDirect(actor, right, subject.userIds);
      case "dispute":
        return await inDispute(actor, right, subject.disputeId);
      case "call":
        return await inCall(actor, right, subject.callId);
      case "user":
        return right === "see" && subject.userId === actor.id ? null : CLOSED;
      case "server-to-user":
      case "app":
        return CLOSED;
    }
  }

  return {
    refusal,
    may: async (...asked) => await refusal(...asked) === null,
  };
}

/** `mediate`: decide where no tribunal did, and call one early. */
export type DisputeRight =
  | "giveEvidence"
  | "escalate"
  | "vote"
  | "withdraw"
  | "mediate";

/**
 * Decides what somebody may do in a dispute, whatever its state allows: the parties give evidence and call a tribunal,
 * its jurors vote, the raiser withdraws, admins who have no part in it mediate.
 */
export function mayDispute(
  actor: Actor,
  right: DisputeRight,
  dispute: Pick<Dispute, "raiserId" | "accusedId" | "jurorIds">,
): boolean {
  if (actor === null) return false;
  const { raiserId, accusedId, jurorIds } = dispute;
  const party = actor.id === raiserId || actor.id === accusedId;
  switch (right) {
    case "giveEvidence":
    case "escalate":
      return party;
    case "vote":
      return jurorIds.includes(actor.id);
    case "withdraw":
      return actor.id === raiserId;
    case "mediate":
      return actor.role === "admin" && !party && !jurorIds.includes(actor.id);
  }
}

/** Whether somebody may answer applications, invite, remove members and edit a guild: its officers and admins. */
export function mayAdministerGuild(
  actor: NonNullable<Actor>,
  guild: { officerIds: string[] },
): boolean {
  return actor.role === "admin" || guild.officerIds.includes(actor.id);
}

/** Whether somebody may give roles, hand a guild over and end it: its owner and admins. */
export function mayOwnGuild(
  actor: NonNullable<Actor>,
  guild: { ownerId: string },
): boolean {
  return actor.role === "admin" || guild.ownerId === actor.id;
}

/** Whether somebody may put a member out. Officers do not put each other out, and nobody the owner. */
export function mayRemoveMember(
  actor: NonNullable<Actor>,
  guild: { ownerId: string; officerIds: string[] },
  userId: string,
): boolean {
  if (userId === guild.ownerId) return false;
  return mayOwnGuild(actor, guild) ||
    (mayAdministerGuild(actor, guild) && !guild.officerIds.includes(userId));
}

/**
 * Whether somebody may see how another can be reached: those who share a guild or a conversation with them, unless they
 * have been blocked by them; admins; and everybody of themselves.
 */
export function maySeeStatus(
  actor: NonNullable<Actor>,
  userId: string,
  { guildsInCommon, conversation, blockedByThem }: {
    guildsInCommon: number;
    conversation: boolean;
    blockedByThem: boolean;
  },
): boolean {
  if (actor.id === userId || actor.role === "admin") return true;
  return !blockedByThem && (guildsInCommon > 0 || conversation);
}
