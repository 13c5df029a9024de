import { activityRow } from "../activity/mod.ts";
import { NexoraError } from "../errors.ts";
import { del, keys, unchanged } from "../kv/mod.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { NewJob } from "../queue/types.ts";
import type { User } from "../users/mod.ts";
import type { GuildDecision, GuildDeps } from "./change.ts";
import { endedApplication, endedInvitation } from "./petition_rows.ts";
import {
  endApplication,
  endInvitation,
  isOpenApplication,
  isOpenInvitation,
} from "./petitions.ts";
import { membershipRows } from "./rows.ts";
import type { Application, Guild, Invitation, Membership } from "./types.ts";

/** A person at a guild's door, as stored. */
export interface AtTheDoor {
  application: Deno.KvEntryMaybe<Application>;
  invitation: Deno.KvEntryMaybe<Invitation>;
  bar: Deno.KvEntryMaybe<{ until: number }>;
}

/** What lies between somebody and a guild. */
export async function readDoor(
  { kv }: Pick<GuildDeps, "kv">,
  guildId: string,
  userId: string,
): Promise<AtTheDoor> {
  const [application, invitation, bar] = await kv.getMany<
    [Application, Invitation, { until: number }]
  >([
    keys.guildApplication(guildId, userId),
    keys.guildInvitation(guildId, userId),
    keys.guildBar(guildId, userId),
  ]);
  return { application, invitation, bar };
}

/** @throws {NexoraError} `forbidden` while somebody who was put out may not come back by themselves */
export function mustNotBeBarred({ bar }: AtTheDoor, at: number): void {
  if (bar.value === null || bar.value.until <= at) return;
  throw new NexoraError(
    "forbidden",
    "This guild has put you out lately. You can come back by invitation",
  );
}

export interface Admitted {
  guild: Guild;
  membership: Membership;
}

/**
 * Makes somebody a member, by whichever door: what was open between the two is settled by the same commit.
 *
 * @param by who opened the door: the person themselves, or an officer
 */
export function admit(
  deps: GuildDeps,
  guild: Guild,
  user: Pick<User, "id" | "handle" | "name">,
  door: AtTheDoor,
  by: string,
  device: string | null,
): GuildDecision<Admitted> & { guild: Guild } {
  const at = deps.now();
  const { id, handle, name } = user;
  const guildId = guild.id;
  const membership: Membership = {
    guildId,
    userId: id,
    role: "member",
    joinedAt: at,
  };
  const mutations = [
    ...membershipRows(membership),
    activityRow(deps, {
      kind: "guild_joined",
      actorId: id,
      guildId,
      device,
    }),
  ];
  const jobs: NewJob[] = [];
  const after = { ...guild, memberCount: guild.memberCount + 1 };
  if (isOpenApplication(door.application.value)) {
    const end = endApplication(door.application.value, "accept", by, at);
    const ended = endedApplication(end, by);
    mutations.push(...ended.mutations);
    jobs.push(...ended.jobs);
    after.applications = Math.max(0, (guild.applications ?? 0) - 1);
  }
  if (isOpenInvitation(door.invitation.value, at)) {
    const end = endInvitation(door.invitation.value, "accept", at);
    const ended = endedInvitation(end, id, at);
    mutations.push(...ended.mutations);
    jobs.push(...ended.jobs);
  }
  if (door.bar.value) mutations.push(del(door.bar.key));
  const { role, joinedAt } = membership;
  // The officer who let them in knows.
  const officers = guild.officerIds.filter((officer) => officer !== by);
  if (officers.length > 0) {
    jobs.push(notifyJob({
      userIds: officers,
      type: "guild_member_joined",
      data: {
        guildId,
        guildName: guild.name,
        userId: id,
        userHandle: handle,
        userName: name,
      },
      key: `guild-join:${guildId}:${id}:${joinedAt}`,
    }));
  }
  return {
    guild: after,
    mutations,
    checks: Object.values(door).map(unchanged),
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
    jobs,
    result: { guild: after, membership },
  };
}
