import { activityRow } from "../activity/mod.ts";
import { mayOwnGuild, mayRemoveMember } from "../auth/policy.ts";
import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { HOUR, SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { User } from "../users/mod.ts";
import { keys, set } from "../kv/mod.ts";
import {
  admit,
  type Admitted,
  mustNotBeBarred,
  readDoor,
} from "./admission.ts";
import { decideOnGuild, type GuildDecision, type GuildDeps } from "./change.ts";
import { getMembership } from "./find.ts";
import { officerGoneJob } from "./officer_job.ts";
import { BARRED } from "./petitions.ts";
import { endedMembershipRows, membershipRows } from "./rows.ts";
import type { Guild, GuildRole, Membership } from "./types.ts";

/** Joining tells the officers, so going in and out all the time must not. */
const JOINS: AttemptLimit = {
  scope: "guild-join",
  free: 10,
  firstDelay: 30 * SECOND,
  maxDelay: HOUR,
  forgetAfter: 6 * HOUR,
};

/** Every promotion rings a bell of theirs: again and again is for nobody. */
const PROMOTIONS: AttemptLimit = {
  scope: "guild-promotion",
  free: 5,
  firstDelay: 30 * SECOND,
  maxDelay: HOUR,
  forgetAfter: 6 * HOUR,
};

/**
 * Makes somebody a member of an open guild and tells its officers. Joining twice changes nothing.
 *
 * @throws {NexoraError} `not_found`, `forbidden` when the guild is not open or has put them out lately, `rate_limited`
 */
export async function joinGuild(
  deps: GuildDeps,
  guildId: string,
  user: Pick<User, "id" | "handle" | "name">,
  device: string | null = null,
): Promise<Admitted & { joined: boolean }> {
  let counted = false;
  return await decideOnGuild<Admitted & { joined: boolean }>(
    deps,
    guildId,
    user.id,
    async (guild, present) => {
      if (present) {
        return { result: { guild, membership: present, joined: false } };
      }
      if (!guild.open) {
        throw new NexoraError(
          "forbidden",
          "One joins this guild by invitation or application",
        );
      }
      const door = await readDoor(deps, guildId, user.id);
      mustNotBeBarred(door, deps.now());
      if (!counted) {
        await countAttempt(deps, JOINS, `${guildId}:${user.id}`);
        counted = true;
      }
      const admitted = admit(deps, guild, user, door, user.id, device);
      return { ...admitted, result: { ...admitted.result, joined: true } };
    },
  );
}

/**
 * Ends somebody's membership; `false` if there was none.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` for the owner, who hands the guild over first
 */
export function leaveGuild(
  deps: GuildDeps,
  guildId: string,
  userId: string,
  device: string | null = null,
): Promise<boolean> {
  return decideOnGuild<boolean>(deps, guildId, userId, (guild, present) => {
    if (!present) return { result: false };
    if (present.role === "owner") {
      throw new NexoraError(
        "illegal_transition",
        "The owner hands the guild over before leaving",
      );
    }
    return goneFrom(deps, guild, present, device);
  });
}

/**
 * Puts a member out, who cannot come back for a month unless invited; `false` if they were not a member.
 *
 * @throws {NexoraError} `not_found`, `forbidden`
 */
export function removeMember(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role">,
  guildId: string,
  userId: string,
): Promise<boolean> {
  return decideOnGuild<boolean>(deps, guildId, userId, (guild, present) => {
    if (!mayRemoveMember(actor, guild, userId)) {
      throw new NexoraError("forbidden");
    }
    if (!present) return { result: false };
    const gone = goneFrom(deps, guild, present, null);
    const until = deps.now() + BARRED;
    gone.mutations.push(
      set(keys.guildBar(guildId, userId), { until }, BARRED),
    );
    return gone;
  });
}

/** The end of a membership. The activity's device is of who left, not of who put them out. */
function goneFrom(
  deps: GuildDeps,
  guild: Guild,
  membership: Membership,
  device: string | null,
): GuildDecision<boolean> {
  const { guildId, userId } = membership;
  const after: Guild = {
    ...guild,
    memberCount: guild.memberCount - 1,
    officerIds: guild.officerIds.filter((id) => id !== userId),
  };
  return {
    guild: after,
    mutations: [
      ...endedMembershipRows(membership),
      activityRow(deps, {
        kind: "guild_left",
        actorId: userId,
        guildId,
        device,
      }),
    ],
    event: {
      name: "guild:updated",
      data: { guildId, memberCount: after.memberCount, left: userId },
    },
    jobs: membership.role === "member" ? [] : [officerGoneJob(guildId, userId)],
    result: true,
  };
}

/** Officers are told of everybody who joins, so there is a limit to how many. */
export const MAX_OFFICERS = 50;

/**
 * Gives a member another role. The actor must be the owner or a platform admin: officers do not make officers.
 * Making somebody owner makes the owner an officer.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition`, `rate_limited`
 */
export function setRole(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role">,
  guildId: string,
  userId: string,
  role: GuildRole,
): Promise<Membership> {
  let counted = false;
  return decideOnGuild<Membership>(
    deps,
    guildId,
    userId,
    async (guild, present) => {
      if (!mayOwnGuild(actor, guild)) throw new NexoraError("forbidden");
      if (!present) {
        throw new NexoraError(
          "not_found",
          "They are not a member of this guild",
        );
      }
      if (present.role === role) return { result: present };
      if (present.role === "owner") {
        throw new NexoraError(
          "illegal_transition",
          "Make somebody else the owner instead",
        );
      }
      if (role !== "member" && !counted) {
        await countAttempt(deps, PROMOTIONS, `${guildId}:${userId}`);
        counted = true;
      }
      const membership = { ...present, role };
      const after = {
        ...guild,
        officerIds: guild.officerIds.filter((id) => id !== userId),
      };
      if (role !== "member") after.officerIds.push(userId);
      if (after.officerIds.length > MAX_OFFICERS) {
        throw new NexoraError(
          "illegal_transition",
          `A guild has at most ${MAX_OFFICERS} officers`,
        );
      }
      const mutations = membershipRows(membership);
      if (role === "owner") {
        after.ownerId = userId;
        // Every change of a role checks the guild's row, so this one cannot have changed since.
        const owner = await getMembership(deps.kv, guildId, guild.ownerId);
        if (owner) {
          mutations.push(
            ...membershipRows({ ...owner, role: "officer" }),
          );
        }
      }
      return {
        guild: after,
        mutations,
        event: {
          name: "guild:updated",
          data: {
            guildId,
            memberCount: after.memberCount,
            role: { userId, role },
          },
        },
        jobs: role === "member"
          ? [officerGoneJob(guildId, userId)]
          : [notifyJob({
            userIds: [userId],
            type: "guild_promoted",
            data: { guildId, guildName: guild.name, role },
            key: `guild-role:${guildId}:${userId}:${role}:${deps.now()}`,
          })],
        result: membership,
      };
    },
  );
}
