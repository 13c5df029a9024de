import { mayAdministerGuild } from "../auth/policy.ts";
import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { HOUR, MINUTE } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { keys, type Mutation, unchanged } from "../kv/mod.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import { getUser, type User } from "../users/mod.ts";
import {
  admit,
  type Admitted,
  mustNotBeBarred,
  readDoor,
} from "./admission.ts";
import { decideOnGuild, type GuildDecision, type GuildDeps } from "./change.ts";
import { applicationRows, askOf, endedApplication } from "./petition_rows.ts";
import {
  applied,
  endApplication,
  isOpenApplication,
  isOpenInvitation,
} from "./petitions.ts";
import type { Application, Guild } from "./types.ts";

/** Each application is somebody's to read. */
const APPLICATIONS: AttemptLimit = {
  scope: "guild-apply",
  free: 10,
  firstDelay: MINUTE,
  maxDelay: 6 * HOUR,
  forgetAfter: 24 * HOUR,
};

/**
 * Asks a guild that is not open to let one in. One application is open at a time.
 *
 * @throws {NexoraError} `not_found`, `already_exists`, `illegal_transition` for a member, an open guild or where an
 * invitation waits, `forbidden` after one was put out, `rate_limited`
 */
export async function applyToGuild(
  deps: GuildDeps,
  guildId: string,
  user: Pick<User, "id" | "handle" | "name">,
  note: string,
): Promise<Application> {
  let counted = false;
  return await decideOnGuild<Application>(
    deps,
    guildId,
    user.id,
    async (guild, present) => {
      const at = deps.now();
      if (present) {
        throw new NexoraError("illegal_transition", "You are a member already");
      }
      if (guild.open) {
        throw new NexoraError(
          "illegal_transition",
          "This guild is open: join it",
        );
      }
      const door = await readDoor(deps, guildId, user.id);
      mustNotBeBarred(door, at);
      if (isOpenInvitation(door.invitation.value, at)) {
        throw new NexoraError(
          "illegal_transition",
          "You are invited: accept the invitation",
        );
      }
      const given = { guildId, userId: user.id, note };
      const application = applied(door.application.value, given, at);
      if (!counted) {
        await countAttempt(deps, APPLICATIONS, user.id);
        counted = true;
      }
      return {
        ...waiting(guild, 1, applicationRows(application)),
        checks: Object.values(door).map(unchanged),
        jobs: [notifyJob({
          userIds: guild.officerIds,
          type: "guild_applied",
          data: {
            guildId,
            guildName: guild.name,
            userId: user.id,
            userHandle: user.handle,
            userName: user.name,
          },
          key: `guild-applied:${guildId}:${user.id}:${at}`,
          ask: askOf.application(application),
        })],
        result: application,
      };
    },
  );
}

/** Takes one's application back. @throws {NexoraError} `not_found`, `illegal_transition` */
export function withdrawApplication(
  deps: GuildDeps,
  guildId: string,
  userId: string,
): Promise<Application> {
  return decideOnGuild<Application>(deps, guildId, userId, async (guild) => {
    const entry = await readApplication(deps, guildId, userId);
    const end = endApplication(entry.value, "withdraw", userId, deps.now());
    const { mutations, jobs } = endedApplication(end, userId);
    return {
      ...waiting(guild, -1, mutations),
      checks: [unchanged(entry)],
      jobs,
      result: end,
    };
  });
}

/**
 * Lets an applicant in, and tells them and the other officers.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition` when it is not open any more
 */
export async function acceptApplication(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role">,
  guildId: string,
  userId: string,
): Promise<Admitted> {
  const applicant = await getUser(deps.kv, userId);
  if (!applicant) throw new NexoraError("not_found", "They have left Nexora");
  return await decideOnGuild<Admitted>(
    deps,
    guildId,
    userId,
    async (guild) => {
      if (!mayAdministerGuild(actor, guild)) throw new NexoraError("forbidden");
      const door = await readDoor(deps, guildId, userId);
      const application = door.application.value;
      const { createdAt } = endApplication(
        application,
        "accept",
        actor.id,
        deps.now(),
      );
      const admitted = admit(deps, guild, applicant, door, actor.id, null);
      admitted.jobs!.push(notifyJob({
        userIds: [userId],
        type: "guild_application_accepted",
        data: { guildId, guildName: guild.name },
        key: `guild-application:${guildId}:${userId}:${createdAt}`,
      }));
      return admitted;
    },
  );
}

/**
 * Declines an application and tells the applicant, with the reason if there is one.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition` when it is not open any more
 */
export function rejectApplication(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role">,
  guildId: string,
  userId: string,
  reason: string,
): Promise<Application> {
  return decideOnGuild<Application>(deps, guildId, userId, async (guild) => {
    if (!mayAdministerGuild(actor, guild)) throw new NexoraError("forbidden");
    const entry = await readApplication(deps, guildId, userId);
    const end = endApplication(
      entry.value,
      "reject",
      actor.id,
      deps.now(),
      reason || null,
    );
    const { mutations, jobs } = endedApplication(end, actor.id);
    return {
      ...waiting(guild, -1, mutations),
      checks: [unchanged(entry)],
      jobs: [
        ...jobs,
        notifyJob({
          userIds: [userId],
          type: "guild_application_rejected",
          data: {
            guildId,
            guildName: guild.name,
            ...reason && { reason },
          },
          key: `guild-application:${guildId}:${userId}:${end.createdAt}`,
        }),
      ],
      result: end,
    };
  });
}

/** An application waits, or waits no longer: its rows, and the count that officers see. */
function waiting(
  guild: Guild,
  change: 1 | -1,
  mutations: Mutation[],
): Omit<GuildDecision<never>, "result"> {
  const applications = Math.max(0, (guild.applications ?? 0) + change);
  return {
    guild: { ...guild, applications },
    mutations,
    event: {
      name: "guild:updated",
      data: {
        guildId: guild.id,
        memberCount: guild.memberCount,
        applications,
      },
    },
  };
}

function readApplication(
  { kv }: Pick<GuildDeps, "kv">,
  guildId: string,
  userId: string,
): Promise<Deno.KvEntryMaybe<Application>> {
  return kv.get<Application>(keys.guildApplication(guildId, userId));
}

/** Somebody's application to a guild that waits, or `null`. */
export async function getOpenApplication(
  deps: Pick<GuildDeps, "kv">,
  guildId: string,
  userId: string,
): Promise<Application | null> {
  const { value } = await readApplication(deps, guildId, userId);
  return isOpenApplication(value) ? value : null;
}
