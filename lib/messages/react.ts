import { NexoraError } from "../errors.ts";
import { del, keys, set, unchanged } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { User } from "../users/mod.ts";
import { decideOnMessage, type MessageDeps } from "./change.ts";
import type { MessageChanged, MessageReaction, Reaction } from "./types.ts";

/** Different emoji of a message. */
export const MAX_EMOJI = 20;
/** People that a message itself names for an emoji: 20 times 10 ids fit into an event. The rows have all. */
const NAMED = 10;

/** Somebody's reactions to a message. */
export interface ReactionRow {
  userId: string;
  emojis: string[];
  /** Milliseconds of the last change. */
  at: number;
}

export interface React {
  channel: string;
  id: string;
  user: Pick<User, "id">;
  emoji: string;
  /** Whether it is there afterwards. */
  on: boolean;
}

/**
 * Adds a reaction or takes it back. What is so already stays so, without an event.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` for a deleted message or too many emoji
 */
export function react(
  deps: MessageDeps,
  { channel, id, user, emoji, on }: React,
): Promise<{ reactions: Reaction[]; revision: number }> {
  const key = keys.reaction(channel, id, user.id);
  return decideOnMessage<{ reactions: Reaction[]; revision: number }>(
    deps,
    channel,
    id,
    async (stored) => {
      if (stored.deleted) {
        throw new NexoraError("illegal_transition", "It has been deleted");
      }
      const row = await deps.kv.get<ReactionRow>(key);
      const emojis = row.value?.emojis ?? [];
      const { reactions: before, revision } = stored;
      if (emojis.includes(emoji) === on) {
        return { done: { reactions: before, revision } };
      }
      const reactions = counted(before, emoji, user.id, on);
      if (reactions.length > MAX_EMOJI) {
        throw new NexoraError(
          "illegal_transition",
          `A message has at most ${MAX_EMOJI} different reactions`,
        );
      }
      const own = on
        ? [...emojis, emoji]
        : emojis.filter((one) => one !== emoji);
      const data: Omit<MessageReaction, keyof MessageChanged> = {
        emoji,
        userId: user.id,
        added: on,
        reactions,
      };
      return {
        message: { ...stored, reactions },
        event: { name: "message:reaction", data },
        checks: [unchanged(row)],
        mutations: [
          own.length === 0 ? del(key) : set(
            key,
            {
              userId: user.id,
              emojis: own,
              at: deps.now(),
            } satisfies ReactionRow,
          ),
        ],
        result: (after) => ({ reactions, revision: after.revision }),
      };
    },
  );
}

/** The counts after one change. An emoji keeps its place while anybody uses it. */
function counted(
  before: Reaction[],
  emoji: string,
  userId: string,
  on: boolean,
): Reaction[] {
  const at = before.findIndex((one) => one.emoji === emoji);
  const { count = 0, userIds = [] } = before[at] ?? {};
  const others = userIds.filter((id) => id !== userId);
  const after: Reaction = {
    emoji,
    count: count + (on ? 1 : -1),
    userIds: on && others.length < NAMED ? [...others, userId] : others,
  };
  if (at < 0) return [...before, after];
  return after.count > 0 ? before.with(at, after) : before.toSpliced(at, 1);
}

/** Who has reacted with what, by user id; a page. */
export async function listReactions(
  { kv }: Pick<Deps, "kv">,
  channel: string,
  id: string,
  { cursor, limit = 50 }: { cursor?: string; limit?: number } = {},
): Promise<{ rows: ReactionRow[]; cursor: string | null }> {
  const prefix = keys.reactions(channel, id);
  const list = kv.list<ReactionRow>(
    cursor
      ? { prefix, start: keys.reaction(channel, id, `${cursor}\u0000`) }
      : { prefix },
    { limit: limit + 1 },
  );
  const found = await Array.fromAsync(list, (row) => row.value);
  const rows = found.slice(0, limit);
  return { rows, cursor: found.length > limit ? rows.at(-1)!.userId : null };
}
