import { activityRow } from "../activity/mod.ts";
import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { HOUR, SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { User } from "../users/mod.ts";
import { decideOnGuild, type GuildDeps } from "./change.ts";
import { getMembership } from "./find.ts";
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

/**
 * Makes somebody a member of an open guild and tells its officers. Joining twice changes nothing.
 *
 * @throws {NexoraError} `not_found`, `forbidden` when the guild is not open, `rate_limited`
 */
export async function joinGuild(
  deps: GuildDeps,
  guildId: string,
  user: Pick<User, "id" | "handle" | "name">,
  device: string | null = null,
): Promise<{ guild: Guild; membership: Membership; joined: boolean }> {
  const { id, handle, name } = user;
  let counted = false;
  for (;;) {
    const answer = await decideOnGuild<JoinAnswer>(
      deps,
      guildId,
      id,
      (guild, present) => {
        if (present) {
          return { result: { guild, membership: present, joined: false } };
        }
        if (!guild.open) {
          throw new NexoraError(
            "forbidden",
            "One joins this guild by invitation",
          );
        }
        if (!counted) return { result: "count first" };
        const membership: Membership = {
          guildId,
          userId: id,
          role: "member",
          joinedAt: deps.now(),
        };
        const after = { ...guild, memberCount: guild.memberCount + 1 };
        const { role, joinedAt } = membership;
        return {
          guild: after,
          mutations: [
            ...membershipRows(membership),
            activityRow(deps, {
              kind: "guild_joined",
              actorId: id,
              guildId,
              device,
            }),
          ],
          event: {
            name: "guild:member-join",
            data: {
              guildId,
              user: { id, handle, name },
              role,
              joinedAt,
              memberCount: after.memberCount,
            },
          },
          jobs: [notifyJob({
            userIds: guild.officerIds,
            type: "guild_member_joined",
            data: {
              guildId,
              guildName: guild.name,
              userId: id,
              userHandle: handle,
              userName: name,
            },
            key: `guild-join:${guildId}:${id}:${joinedAt}`,
          })],
          result: { guild: after, membership, joined: true },
        };
      },
    );
    if (answer !== "count first") return answer;
    await countAttempt(deps, JOINS, `${guildId}:${id}`);
    counted = true;
  }
}

type JoinAnswer =
  | { guild: Guild; membership: Membership; joined: boolean }
  | "count first";

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
    const after: Guild = {
      ...guild,
      memberCount: guild.memberCount - 1,
      officerIds: guild.officerIds.filter((id) => id !== userId),
    };
    return {
      guild: after,
      mutations: [
        ...endedMembershipRows(present),
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
      result: true,
    };
  });
}

/** Officers are told of everybody who joins, so there is a limit to how many. */
export const MAX_OFFICERS = 50;

/**
 * Gives a member another role. The actor must be the owner or a platform admin: officers do not make officers.
 * Making somebody owner makes the owner an officer.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition`
 */
export function setRole(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role">,
  guildId: string,
  userId: string,
  role: GuildRole,
): Promise<Membership> {
  return decideOnGuild<Membership>(
    deps,
    guildId,
    userId,
    async (guild, present) => {
      if (
        actor.id !== guild.ownerId && actor.role !== "admin"
      ) throw new NexoraError("forbidden");
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
        jobs: role === "member" ? [] : [notifyJob({
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
