import { NexoraError } from "../errors.ts";
import { keys, set } from "../kv/mod.ts";
import { parseChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { decideOnMessage, type MessageDeps } from "./change.ts";
import { expectFits } from "./fields.ts";
import { messageOf, placed } from "./find.ts";
import type { RoomHead } from "./ledger.ts";
import { wordsOf } from "./history.ts";
import { mentionChange } from "./mention_change.ts";
import { resolveMentions } from "./mentions.ts";
import { roomName } from "./room_name.ts";
import { conversationRows, excerptOf, type StoredMessage } from "./rows.ts";
import { mentionJobs } from "./tell.ts";
import type { MessageChanged, MessageEdited, PlacedMessage } from "./types.ts";

/** Times that a message can be edited: its history is deleted with it in one commit. */
export const MAX_EDITS = 100;

export interface EditMessage {
  channel: string;
  id: string;
  /** Who edits; may write in the room. */
  author: Pick<User, "id" | "role">;
  /** Parsed by `Content`. */
  content: string;
  /** The revision that was edited: refused with `conflict` when the words have changed since. */
  revision?: number;
}

/**
 * Gives a message of one's own other words. What it said before stays in its history. The same words change nothing.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `conflict`, `illegal_transition` for a deleted message, or one that
 * has been edited too often
 */
export async function editMessage(
  deps: MessageDeps,
  { channel, id, author, content, revision }: EditMessage,
): Promise<PlacedMessage> {
  const room = parseChannel(channel)!;
  const mentions = await resolveMentions(deps, room, author, content);
  return await decideOnMessage<PlacedMessage>(
    deps,
    channel,
    id,
    async (stored) => {
      if (stored.authorId !== author.id) {
        throw new NexoraError("forbidden", "One edits only one's own messages");
      }
      if (stored.deleted) {
        throw new NexoraError("illegal_transition", "It has been deleted");
      }
      if (stored.content === content) {
        return { done: placed(stored) };
      }
      if (revision !== undefined && stored.wordsSince > revision) {
        throw new NexoraError("conflict", "It has been edited meanwhile");
      }
      if (stored.versions.length >= MAX_EDITS) {
        throw new NexoraError(
          "illegal_transition",
          `A message can be edited ${MAX_EDITS} times`,
        );
      }
      const editedAt = deps.now();
      const after: StoredMessage = {
        ...stored,
        content,
        editedAt,
        mentions,
        versions: [...stored.versions, stored.wordsSince],
        wordsSince: stored.revision + 1,
      };
      expectFits(messageOf(after));
      const version = wordsOf(stored);
      const { rows, added } = await mentionChange(deps.kv, stored, after);
      const data: Omit<MessageEdited, keyof MessageChanged> = {
        content,
        editedAt,
        mentions,
      };
      return {
        message: after,
        event: { name: "message:edit", data },
        ledger: { kind: "edit", byId: author.id, at: editedAt },
        mutations: [
          set(keys.messageVersion(channel, id, version.revision), version),
          ...rows,
        ],
        roomChange: (head) => withLastWords(head, after),
        jobs: added.length === 0 ? [] : mentionJobs(
          after,
          await roomName(deps.kv, room) || after.author.name,
          "you",
          added,
        ),
        result: placed,
      };
    },
  );
}

/** The room's last message is shown in lists, so its words have to change there too. */
export function withLastWords(
  room: RoomHead,
  message: StoredMessage,
): { room: RoomHead; rows: ReturnType<typeof conversationRows> } {
  if (room.last?.id !== message.id) return { room, rows: [] };
  const { subject } = parseChannel(message.channel)!;
  return {
    room: { ...room, last: { ...room.last, excerpt: excerptOf(message) } },
    rows: subject.kind === "dm"
      ? conversationRows(message, subject.userIds)
      : [],
  };
}
