import { keys } from "../../kv/mod.ts";
import type { StoredMessage } from "../rows.ts";
import type { Report } from "./types.ts";

/** Messages on each side that a report shows, and characters of each: a row holds 64 KiB. */
const AROUND = 5;
const SHOWN = 2_000;

/** The message with what stood around it, oldest first. */
export async function contextOf(
  kv: Deno.Kv,
  message: StoredMessage,
): Promise<Report["context"]> {
  const { channel, order, parentId } = message;
  const prefix = parentId === null
    ? keys.messages(channel)
    : keys.replies(channel, parentId);
  const keyOf = (place: string) =>
    parentId === null
      ? keys.message(channel, place)
      : keys.reply(channel, parentId, place);
  const [before, after] = await Promise.all([
    Array.fromAsync(
      kv.list<StoredMessage>({ prefix, end: keyOf(order) }, {
        reverse: true,
        limit: AROUND,
      }),
      (row) => row.value,
    ),
    Array.fromAsync(
      kv.list<StoredMessage>({ prefix, start: keyOf(order) }, {
        limit: AROUND + 1,
      }),
      (row) => row.value,
    ),
  ]);
  return [...before.reverse(), ...after].map((
    { id, authorId, author, content, sentAt },
  ) => ({ id, authorId, author, content: content.slice(0, SHOWN), sentAt }));
}
