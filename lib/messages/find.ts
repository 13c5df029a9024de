import { NexoraError } from "../errors.ts";
import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { formatPosition, orderKey, parseOrderKey } from "../realtime/mod.ts";
import type { MessagePlace, StoredMessage } from "./rows.ts";
import type { Message, PlacedMessage } from "./types.ts";

/** The message without what is only for the store. */
export function messageOf(stored: StoredMessage): Message {
  const { order: _, ordinal: __, entry: ___, ...rest } = stored;
  const { wordsSince: _1, versions: _2, lost: _3, lastReply: _4, ...message } =
    rest;
  return message;
}

/** As people get it: with its position. */
export function placed(stored: StoredMessage): PlacedMessage {
  return { ...messageOf(stored), position: positionOf(stored.order) };
}

/** `epoch.seq.index` of an `orderKey`. */
export function positionOf(order: string): string {
  return formatPosition(parseOrderKey(order)!);
}

/** Largest index that a position can have in text. */
const LAST_INDEX = 9_999_999;

/** The last place before one. */
export function orderBefore(order: string): string {
  const { epoch, seq, index } = parseOrderKey(order)!;
  if (index > 0) return orderKey({ epoch, seq, index: index - 1 });
  if (seq === 0) throw new NexoraError("not_found", "There is nothing before");
  return orderKey({ epoch, seq: seq - 1, index: LAST_INDEX });
}

/** The row of a message that stands there. */
export function rowKey(
  channel: string,
  { order, parentId }: MessagePlace,
): Deno.KvKey {
  return parentId === null
    ? keys.message(channel, order)
    : keys.reply(channel, parentId, order);
}

/**
 * The stored message of this id, for whoever is going to change it.
 *
 * @throws {NexoraError} `not_found`
 */
export async function readStored(
  kv: Deno.Kv,
  channel: string,
  id: string,
): Promise<Deno.KvEntry<StoredMessage>> {
  const place = await kv.get<MessagePlace>(keys.messageById(channel, id));
  if (place.value !== null) {
    const entry = await kv.get<StoredMessage>(rowKey(channel, place.value));
    if (entry.value !== null) return entry as Deno.KvEntry<StoredMessage>;
  }
  throw new NexoraError("not_found", "There is no such message");
}

/** One message by its id; two reads. */
export async function getMessage(
  { kv }: Pick<Deps, "kv">,
  channel: string,
  id: string,
): Promise<PlacedMessage | null> {
  const place = await kv.get<MessagePlace>(keys.messageById(channel, id));
  if (place.value === null) return null;
  const { value } = await kv.get<StoredMessage>(rowKey(channel, place.value));
  return value && placed(value);
}
