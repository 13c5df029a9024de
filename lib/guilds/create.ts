import { activityRow } from "../activity/mod.ts";
import { absent, commit, keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { User } from "../users/mod.ts";
import type { NewGuild } from "./fields.ts";
import { describeGuildJob } from "./describe_job.ts";
import { guildRows, membershipRows } from "./rows.ts";
import type { Guild } from "./types.ts";

/** Founds a guild; the founder is its owner and first member. */
export async function createGuild(
  deps: Pick<Deps, "kv" | "now" | "newId" | "queue">,
  founder: Pick<User, "id">,
  given: NewGuild,
  device: string | null = null,
): Promise<Guild> {
  const { kv, now, newId } = deps;
  const createdAt = now();
  const guild: Guild = {
    id: newId(),
    ...given,
    ownerId: founder.id,
    officerIds: [founder.id],
    memberCount: 1,
    createdAt,
  };
  const jobs = deps.queue.plan([describeGuildJob(guild.id)]);
  // A new id is nobody else's: the check only fails when an attempt of unknown outcome had been committed.
  await commit(kv, {
    checks: [absent(keys.guild(guild.id)), ...jobs.checks],
    mutations: [
      ...guildRows(null, guild),
      ...membershipRows({
        guildId: guild.id,
        userId: founder.id,
        role: "owner",
        joinedAt: createdAt,
      }),
      activityRow(deps, {
        kind: "guild_joined",
        actorId: founder.id,
        guildId: guild.id,
        device,
      }),
      ...jobs.mutations,
    ],
  });
  return guild;
}
