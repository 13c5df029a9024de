import { NexoraError } from "../errors.ts";
import { guildChannel, parseChannel } from "../realtime/mod.ts";
import type { Deps } from "../platform.ts";
import type { User } from "../users/mod.ts";
import { decideOnGuild, type GuildDeps } from "./change.ts";
import type { GuildChange } from "./fields.ts";
import type { Guild } from "./types.ts";

/** Changes what a guild says about itself. @throws {NexoraError} `not_found`, `forbidden` */
export async function updateGuild(
  deps: GuildDeps & Pick<Deps, "policy">,
  actor: User,
  guildId: string,
  change: GuildChange,
): Promise<Guild> {
  const channel = parseChannel(guildChannel(guildId));
  if (!channel || !await deps.policy.may(actor, "administer", channel)) {
    throw new NexoraError("forbidden");
  }
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  return await decideOnGuild<Guild>(deps, guildId, actor.id, (guild) => {
    const after: Guild = { ...guild, ...given };
    return {
      guild: after,
      mutations: [],
      event: {
        name: "guild:updated",
        data: { guildId, memberCount: after.memberCount, ...given },
      },
      result: after,
    };
  });
}
