import { keys, type Mutation, set } from "../kv/mod.ts";
import type { Conversation, Message } from "./types.ts";

/** A message as stored: twice, so that a page of a room is one list and a message by its id is one read. */
export interface StoredMessage extends Message {
  /** `orderKey` of its position. */
  order: string;
}

export function messageRows(message: Message, order: string): Mutation[] {
  const stored: StoredMessage = { ...message, order };
  return [
    set(keys.message(message.channel, order), stored),
    set(keys.messageById(message.channel, message.id), stored),
  ];
}

const EXCERPT = 140;

/** Both people's entry of their conversation. The last commit wins, which is the last message. */
export function conversationRows(
  message: Message,
  [a, b]: readonly [string, string],
): Mutation[] {
  const excerpt = message.content.replace(/\s+/g, " ").slice(0, EXCERPT)
    .toWellFormed();
  const rows = (a === b ? [[a, b]] : [[a, b], [b, a]]) as [string, string][];
  return rows.map(([owner, other]) =>
    set(
      keys.conversation(owner, other),
      {
        channel: message.channel,
        userId: other,
        lastAt: message.sentAt,
        lastAuthorId: message.authorId,
        excerpt,
      } satisfies Conversation,
    )
  );
}
