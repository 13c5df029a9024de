import type { Check, Mutation } from "../kv/mod.ts";
import type { Channel, NewEvent } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import type { MessageDeps } from "./change.ts";
import { expectFits } from "./fields.ts";
import { resolveMentions } from "./mentions.ts";
import { quoteOf, type QuoteRef } from "./quote.ts";
import { newMessage } from "./rows.ts";
import type { Attachment, Message } from "./types.ts";

export interface SendMessage {
  /** Name of a room that the author may write into; see `enterRoom`. */
  channel: string;
  author: Pick<User, "id" | "handle" | "name" | "role" | "picture">;
  /** Parsed by `Content`. */
  content: string;
  clientId?: string;
  device?: string | null;
  /** The message that it replies to in a thread. */
  parentId?: string;
  /** A message to quote, of any room that the author may see. */
  quote?: QuoteRef;
  /** Files that have been uploaded for it. */
  attachments?: Attachment[];
  /** What else belongs into the same commit. */
  also?: { events: NewEvent[]; checks: Check[]; mutations: Mutation[] };
}

/** The message as it will be, before it has a place. */
export async function compose(
  deps: MessageDeps,
  room: Channel,
  { channel, author, content, clientId, parentId, quote, attachments }:
    SendMessage,
): Promise<Message> {
  const [mentions, quoted] = await Promise.all([
    resolveMentions(deps, room, author, content),
    quote ? quoteOf(deps, author, quote) : null,
  ]);
  const message = newMessage({
    id: deps.newId(),
    channel,
    authorId: author.id,
    author: {
      handle: author.handle,
      name: author.name,
      ...(author.picture && { picture: author.picture }),
    },
    content,
    sentAt: deps.now(),
    clientId: clientId ?? null,
    parentId: parentId ?? null,
    quote: quoted,
    mentions,
    attachments: attachments ?? [],
  });
  expectFits(message);
  return message;
}
