import { NexoraError } from "../errors.ts";
import type { Deps } from "../platform.ts";
import { parseChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { getMessage } from "./find.ts";
import { isRoom } from "./room.ts";
import { excerptOf } from "./rows.ts";
import type { Quote } from "./types.ts";

/** Names a message. */
export interface QuoteRef {
  channel: string;
  id: string;
}

const EXCERPT = 200;

/**
 * A snapshot of a message that `reader` may see.
 *
 * @throws {NexoraError} `not_found` for what is not there, is deleted, or is not for this reader
 */
export async function quoteOf(
  { kv, policy }: Pick<Deps, "kv" | "policy">,
  reader: Pick<User, "id" | "role">,
  { channel, id }: QuoteRef,
): Promise<Quote> {
  const room = parseChannel(channel);
  const visible = room !== null && isRoom(room) &&
    await policy.may(reader, "see", room);
  const message = visible ? await getMessage({ kv }, channel, id) : null;
  if (message === null || message.deleted) {
    throw new NexoraError("not_found", "There is no such message to quote");
  }
  const { authorId, author, sentAt } = message;
  return {
    id,
    channel,
    authorId,
    author,
    excerpt: excerptOf(message, EXCERPT),
    sentAt,
  };
}
