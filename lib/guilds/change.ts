import { NexoraError } from "../errors.ts";
import {
  type Check,
  commit,
  keys,
  type Mutation,
  retryConflicts,
  unchanged,
} from "../kv/mod.ts";
import { nullIfOvertaken } from "../kv/overtaken.ts";
import { inTurn } from "../kv/turns.ts";
import type { Deps } from "../platform.ts";
import {
  accessChanged,
  channelClosed,
  guildChannel,
  type NewEvent,
} from "../realtime/mod.ts";
import type { NewJob } from "../queue/types.ts";
import { describeGuildJob } from "./describe_job.ts";
import { guildRows } from "./rows.ts";
import type { Guild, GuildUpdated, MemberJoined, Membership } from "./types.ts";

export type GuildDeps = Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">;

/** What a decision about a guild comes to. */
export interface GuildDecision<T> {
  /** The guild afterwards; `null` when it is no more. */
  guild: Guild | null;
  /** Rows of members, activity, besides the guild's own. */
  mutations: Mutation[];
  /** Absent for what concerns nobody but the two who know of it (an invitation). */
  event?: { name: "guild:member-join"; data: MemberJoined } | {
    name: "guild:updated";
    data: GuildUpdated;
  };
  jobs?: NewJob[];
  /** Rows that `decide` read besides the guild and the membership; at most 3, a commit takes 10 in all. */
  checks?: Check[];
  result: T;
}

export type Decided<T> = GuildDecision<T> | { result: T };

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
      const { event } = decision;
      const jobs = queue.plan([
        ...decision.jobs ?? [],
        ...event ? [describeGuildJob(guildId)] : [],
      ]);
      const change = {
        checks: [
          unchanged(guild),
          unchanged(membership),
          ...decision.checks ?? [],
          ...jobs.checks,
        ],
        mutations: [
          ...guildRows(guild.value, decision.guild),
          ...decision.mutations,
          ...jobs.mutations,
        ],
      };
      const done = event
        ? await nullIfOvertaken(
          log.append({ events: eventsOf(guildId, event), ...change }),
        )
        : await commit(kv, change);
      if (!done) return null;
      if (decision.jobs?.length) queue.ring();
      return { result: decision.result };
    })).then(({ result }) => result);
}

/** Whoever leaves is let out of the guild's channels at once; when the guild ends, everybody is. */
function eventsOf(
  guildId: string,
  { name, data }: NonNullable<GuildDecision<unknown>["event"]>,
): NewEvent[] {
  const channel = guildChannel(guildId);
  const event: NewEvent = { channel, event: name, data };
  if ("left" in data && data.left !== undefined) {
    return [event, accessChanged(data.left)];
  }
  if ("deleted" in data) return [event, channelClosed(channel)];
  return [event];
}
