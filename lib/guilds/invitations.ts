import { mayAdministerGuild } from "../auth/policy.ts";
import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { HOUR, MINUTE } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { del, keys, unchanged } from "../kv/mod.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { User } from "../users/mod.ts";
import { admit, type Admitted, readDoor } from "./admission.ts";
import { decideOnGuild, type GuildDeps } from "./change.ts";
import { askOf, endedInvitation, invitationRows } from "./petition_rows.ts";
import {
  endInvitation,
  invited,
  isOpenApplication,
  isOpenInvitation,
} from "./petitions.ts";
import type { Invitation } from "./types.ts";

/** Each invitation rings somebody's bell. */
const INVITATIONS: AttemptLimit = {
  scope: "guild-invite",
  free: 20,
  firstDelay: MINUTE,
  maxDelay: 6 * HOUR,
  forgetAfter: 24 * HOUR,
};

/**
 * Invites somebody and tells them. They have two weeks; one invitation is open at a time.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `already_exists`, `illegal_transition` for a member or where an
 * application waits, `rate_limited`
 */
export async function inviteToGuild(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role" | "name">,
  guildId: string,
  user: Pick<User, "id">,
  note: string,
): Promise<Invitation> {
  const id = deps.newId();
  let counted = false;
  return await decideOnGuild<Invitation>(
    deps,
    guildId,
    user.id,
    async (guild, present) => {
      if (!mayAdministerGuild(actor, guild)) throw new NexoraError("forbidden");
      if (present) {
        throw new NexoraError(
          "illegal_transition",
          "They are a member already",
        );
      }
      const door = await readDoor(deps, guildId, user.id);
      if (isOpenApplication(door.application.value)) {
        throw new NexoraError(
          "illegal_transition",
          "They have applied: accept their application",
        );
      }
      const at = deps.now();
      const before = door.invitation.value;
      const invitation = invited(before, {
        id,
        guildId,
        userId: user.id,
        inviterId: actor.id,
        note,
      }, at);
      if (!counted) {
        await countAttempt(deps, INVITATIONS, actor.id);
        counted = true;
      }
      return {
        guild,
        mutations: [
          // One that expired unanswered may still be in the index.
          ...before?.state === "open"
            ? [del(keys.openInvitation(guildId, before.createdAt, user.id))]
            : [],
          ...invitationRows(invitation, at),
        ],
        checks: Object.values(door).map(unchanged),
        jobs: [notifyJob({
          userIds: [user.id],
          type: "guild_invite",
          data: {
            guildId,
            guildName: guild.name,
            inviterId: actor.id,
            inviterName: actor.name,
            invitationId: id,
            expiresAt: invitation.expiresAt,
          },
          key: `guild-invite:${id}`,
          ask: askOf.invitation(invitation),
        })],
        result: invitation,
      };
    },
  );
}

/**
 * Becomes a member by an invitation. For who is one already nothing changes.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` when it is not open any more
 */
export function acceptInvitation(
  deps: GuildDeps,
  guildId: string,
  user: Pick<User, "id" | "handle" | "name">,
  device: string | null = null,
): Promise<Admitted> {
  return decideOnGuild<Admitted>(
    deps,
    guildId,
    user.id,
    async (guild, present) => {
      if (present) return { result: { guild, membership: present } };
      const door = await readDoor(deps, guildId, user.id);
      endInvitation(door.invitation.value, "accept", deps.now());
      return admit(deps, guild, user, door, user.id, device);
    },
  );
}

/** Says no to an invitation. @throws {NexoraError} `not_found`, `illegal_transition` */
export function declineInvitation(
  deps: GuildDeps,
  guildId: string,
  userId: string,
): Promise<Invitation> {
  return end(deps, guildId, userId, "decline");
}

/** Takes an invitation back. @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition` */
export function revokeInvitation(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role">,
  guildId: string,
  userId: string,
): Promise<Invitation> {
  return end(deps, guildId, userId, "revoke", actor);
}

function end(
  deps: GuildDeps,
  guildId: string,
  userId: string,
  how: "decline" | "revoke",
  officer?: Pick<User, "id" | "role">,
): Promise<Invitation> {
  return decideOnGuild<Invitation>(deps, guildId, userId, async (guild) => {
    if (officer && !mayAdministerGuild(officer, guild)) {
      throw new NexoraError("forbidden");
    }
    const entry = await deps.kv.get<Invitation>(
      keys.guildInvitation(guildId, userId),
    );
    const at = deps.now();
    const ended = endInvitation(entry.value, how, at);
    return {
      guild,
      ...endedInvitation(ended, officer?.id ?? userId, at),
      checks: [unchanged(entry)],
      result: ended,
    };
  });
}

/** Somebody's invitation to a guild that they can still accept, or `null`. */
export async function getOpenInvitation(
  { kv, now }: Pick<GuildDeps, "kv" | "now">,
  guildId: string,
  userId: string,
): Promise<Invitation | null> {
  const { value } = await kv.get<Invitation>(
    keys.guildInvitation(guildId, userId),
  );
  return isOpenInvitation(value, now()) ? value : null;
}
