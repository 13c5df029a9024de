import { NexoraError } from "../errors.ts";
import { keys, type Mutation, retryConflicts, unchanged } from "../kv/mod.ts";
import { nullIfOvertaken } from "../kv/overtaken.ts";
import { inTurn } from "../kv/turns.ts";
import type { Deps } from "../platform.ts";
import { accessChanged, guildChannel, type NewEvent } from "../realtime/mod.ts";
import type { NewJob } from "../queue/types.ts";
import { guildRow } from "./rows.ts";
import type { Guild, GuildUpdated, MemberJoined, Membership } from "./types.ts";

export type GuildDeps = Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">;

/** What a decision about a guild comes to. */
export interface GuildDecision<T> {
  /** The guild afterwards. */
  guild: Guild;
  /** Rows of members, activity, besides the guild's own. */
  mutations: Mutation[];
  event: { name: "guild:member-join"; data: MemberJoined } | {
    name: "guild:updated";
    data: GuildUpdated;
  };
  jobs?: NewJob[];
  result: T;
}

type Decided<T> = GuildDecision<T> | { result: T };

/**
 * Reads a guild and one membership, decides, and commits rows, event and jobs together; anew when somebody came in
 * between. `decide` returns `{ result }` alone when there is nothing to change.
 *
 * @throws {NexoraError} `not_found` when there is no such guild, and whatever `decide` throws
 */
export function decideOnGuild<T>(
  { kv, log, queue }: GuildDeps,
  guildId: string,
  userId: string,
  decide: (
    guild: Guild,
    membership: Membership | null,
  ) => Decided<T> | Promise<Decided<T>>,
): Promise<T> {
  return inTurn(`guild ${guildId}`, () =>
    retryConflicts(async () => {
      const [guild, membership] = await kv.getMany<[Guild, Membership]>([
        keys.guild(guildId),
        keys.guildMember(guildId, userId),
      ]);
      if (guild.value === null) {
        throw new NexoraError("not_found", "There is no such guild");
      }
      const decision = await decide(guild.value, membership.value);
      if (!("guild" in decision)) {
        return { result: decision.result };
      }
      const { name, data } = decision.event;
      const event: NewEvent = {
        channel: guildChannel(guildId),
        event: name,
        data,
      };
      const jobs = queue.plan(decision.jobs ?? []);
      const positions = await nullIfOvertaken(log.append({
        // Whoever leaves is let out of the guild's channels at once.
        events: "left" in data && data.left !== undefined
          ? [event, accessChanged(data.left)]
          : [event],
        checks: [unchanged(guild), unchanged(membership), ...jobs.checks],
        mutations: [
          guildRow(decision.guild),
          ...decision.mutations,
          ...jobs.mutations,
        ],
      }));
      if (positions === null) return null;
      if (decision.jobs?.length) queue.ring();
      return { result: decision.result };
    })).then(({ result }) => result);
}
