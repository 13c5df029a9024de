import { plainText } from "../markdown/mod.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import {
  type AuthorHead,
  digestOf,
  EMPTY_AUTHOR,
  EMPTY_ROOM,
  enterLedger,
  type RoomHead,
} from "./ledger.ts";
import type { Conversation, Message } from "./types.ts";

/** A message as stored. */
export interface StoredMessage extends Message {
  /** `orderKey` of its position. */
  order: string;
  /** Messages of the room's own list up to it. */
  ordinal: number;
  /** Number of its ledger entry. */
  entry: number;
  /** Revision since which it has its present words. */
  wordsSince: number;
  /** Revisions of the words that it had before; each is a row of its history. */
  versions: number[];
  /** `orderKey` of the last reply to it: who has read up to there has nothing unread in its thread. */
  lastReply?: string;
  /** What a message in a dispute quoted and had before it was deleted: there nothing is lost. */
  lost?: Pick<Message, "quote" | "attachments">;
}

/** Where a message stands; it never moves. */
export interface MessagePlace {
  order: string;
  parentId: string | null;
}

/** A message with what nobody has done to it yet. */
export function newMessage(
  given:
    & Pick<
      Message,
      "id" | "channel" | "authorId" | "author" | "content" | "sentAt"
    >
    & Partial<Message>,
): Message {
  return {
    clientId: null,
    revision: 0,
    editedAt: null,
    deleted: null,
    parentId: null,
    thread: null,
    reactions: [],
    pinned: null,
    quote: null,
    mentions: { userIds: [], officers: false, everyone: false },
    attachments: [],
    ...given,
  };
}

/** The row of a message, in the room's list or in its thread's. */
export function messageRow(stored: StoredMessage): Mutation {
  const { channel, parentId, order } = stored;
  return set(
    parentId === null
      ? keys.message(channel, order)
      : keys.reply(channel, parentId, order),
    stored,
  );
}

/** Puts a new message into its place: all rows that say so, and the heads after it. Pure. */
export function placeMessage(
  message: Message,
  order: string,
  room: RoomHead | null,
  author: AuthorHead | null,
): { rows: Mutation[]; room: RoomHead; author: AuthorHead } {
  const { id, channel, authorId, parentId, sentAt } = message;
  const inRoom = parentId === null;
  const before = room ?? EMPTY_ROOM;
  const by = author ?? EMPTY_AUTHOR;
  const count = before.count + (inRoom ? 1 : 0);
  const { head, entry, row } = enterLedger(channel, before, {
    kind: "new",
    messageId: id,
    parentId,
    byId: authorId,
    at: sentAt,
    order,
    digest: digestOf(message),
  }, count);
  const roomAfter: RoomHead = inRoom
    ? {
      ...head,
      last: { id, order, authorId, excerpt: excerptOf(message), at: sentAt },
    }
    : head;
  const authorAfter: AuthorHead = {
    ...by,
    count: by.count + (inRoom ? 1 : 0),
    lastAt: sentAt,
  };
  const place: MessagePlace = { order, parentId };
  return {
    room: roomAfter,
    author: authorAfter,
    rows: [
      messageRow({
        ...message,
        order,
        ordinal: count,
        entry: entry.n,
        wordsSince: 0,
        versions: [],
      }),
      set(keys.messageById(channel, id), place),
      row,
      ...(inRoom
        ? [set(keys.authored(channel, authorId, count), authorAfter.count)]
        : []),
    ],
  };
}

/** The rows of the heads; whoever writes them names them in `Append.kept`. */
export function headRows(
  { channel, authorId }: Pick<Message, "channel" | "authorId">,
  room: RoomHead,
  author: AuthorHead,
): Mutation[] {
  return [
    set(keys.room(channel), room),
    set(keys.author(channel, authorId), author),
  ];
}

const EXCERPT = 140;

/** Of a longer text no more is read for an excerpt: marks are not words, but not ten times as many either. */
const READ_FOR = 10;

/** The beginning of a text, in one line and without its marks. */
export function excerptOf(
  { content }: Pick<Message, "content">,
  length = EXCERPT,
): string {
  const beginning = content.slice(0, READ_FOR * length);
  return plainText(beginning).slice(0, length).toWellFormed();
}

/** Both people's entry of their conversation. The last commit wins, which is the last message. */
export function conversationRows(
  message: Message,
  [a, b]: readonly [string, string],
): Mutation[] {
  const excerpt = excerptOf(message);
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
