import { DAY } from "../clock.ts";
import { type Mutation, set } from "../kv/mod.ts";
import { messageOf, positionOf, rowKey } from "./find.ts";
import type { MessagePlace, StoredMessage } from "./rows.ts";
import type { Message } from "./types.ts";

/** Milliseconds for which the same client id is the same message. */
export const CLIENT_ID_KEPT = DAY;

/** What a client id became. */
interface ByClientId {
  place: MessagePlace;
  expiresAt: number;
}

/** Remembers which message a client id became. */
export function onceRow(
  key: Deno.KvKey,
  place: MessagePlace,
  at: number,
): Mutation {
  const once: ByClientId = { place, expiresAt: at + CLIENT_ID_KEPT };
  return set(key, once, CLIENT_ID_KEPT);
}

/** The row of a client id, and the message that it has become if it still counts. */
export async function readOnce(
  kv: Deno.Kv,
  key: Deno.KvKey,
  channel: string,
  at: number,
): Promise<{
  entry: Deno.KvEntryMaybe<unknown>;
  sent: { message: Message; position: string } | null;
}> {
  const entry = await kv.get<ByClientId>(key);
  // A row that has expired may still be there, and its message may be gone: then the client id is free again.
  if (entry.value === null || entry.value.expiresAt <= at) {
    return { entry, sent: null };
  }
  const { place } = entry.value;
  const { value } = await kv.get<StoredMessage>(rowKey(channel, place));
  return {
    entry,
    sent: value && {
      message: messageOf(value),
      position: positionOf(place.order),
    },
  };
}
