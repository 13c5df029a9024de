import { mayOwnGuild } from "../auth/policy.ts";
import { hasBountiesAtWork } from "../bounties/mod.ts";
import { NexoraError } from "../errors.ts";
import type { User } from "../users/mod.ts";
import { decideOnGuild, type GuildDeps } from "./change.ts";
import { FORGET_GUILD } from "./forget_job.ts";

/**
 * Ends a guild for good. By the same commit nobody is in it any more and everybody is let out of its channels; a job
 * then clears away memberships, open applications and invitations, and what was said.
 *
 * @param typedName the guild's name as its owner typed it, so that nobody ends one by a slip
 * @throws {NexoraError} `not_found`, `forbidden`, `bad_request` for another name, `illegal_transition` while the guild
 * works on a bounty
 */
export function endGuild(
  deps: GuildDeps,
  actor: Pick<User, "id" | "role">,
  guildId: string,
  typedName: string,
): Promise<void> {
  return decideOnGuild<void>(deps, guildId, actor.id, async (guild) => {
    if (!mayOwnGuild(actor, guild)) throw new NexoraError("forbidden");
    if (typedName.trim() !== guild.name) {
      throw new NexoraError("bad_request", undefined, {
        fields: { name: `Type ${guild.name}` },
      });
    }
    // Accepting a bounty touches the guild's row, which is checked: none is accepted unseen while this commits.
    if (await hasBountiesAtWork(deps.kv, guildId)) {
      throw new NexoraError(
        "illegal_transition",
        "Finish or hand back the bounties that the guild works on first",
      );
    }
    return {
      guild: null,
      mutations: [],
      event: {
        name: "guild:updated",
        data: { guildId, memberCount: 0, deleted: true },
      },
      jobs: [{ kind: FORGET_GUILD, payload: { guildId } }],
      result: undefined,
    };
  });
}
