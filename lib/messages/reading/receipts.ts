import { keys } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { Channel } from "../../realtime/mod.ts";
import { otherOf } from "../activity.ts";
import { positionOf, readStored } from "../find.ts";
import type { StoredMessage } from "../rows.ts";
import { readStanding } from "./counts.ts";
import type { ReaderRow } from "./read_mark.ts";
import type { Receipt } from "./types.ts";

/** Messages looked at for the first one that is not the reader's own. */
const LOOKED_AT = 100;

/** The first message after somebody's mark that is not their own; `null` when there is none. */
export async function firstUnread(
  { kv }: Pick<Deps, "kv">,
  room: Channel,
  userId: string,
): Promise<{ id: string; position: string } | null> {
  const { mark } = await readStanding({ kv }, room, userId);
  const rows = kv.list<StoredMessage>({
    prefix: keys.messages(room.name),
    start: keys.message(room.name, `${mark.order}\u0000`),
  }, { limit: LOOKED_AT });
  for await (const { value } of rows) {
    if (value.authorId === userId) continue;
    return { id: value.id, position: positionOf(value.order) };
  }
  return null;
}

/** How far the other of a direct conversation has read; empty in other rooms, where one asks of a message. */
export async function listReceipts(
  { kv }: Pick<Deps, "kv">,
  { name, subject }: Channel,
  userId: string,
): Promise<Receipt[]> {
  if (subject.kind !== "dm") return [];
  const other = otherOf(subject.userIds, userId);
  const { value } = await kv.get<ReaderRow>(keys.reader(name, other));
  if (value === null || value.order === "" || other === userId) return [];
  return [{ userId: other, position: positionOf(value.order), at: value.at }];
}

/** Readers looked at for a page. */
const A_PAGE = 100;

/**
 * Who has read a message, its author left out: a page of the room's readers, those who have come that far. A page may
 * be empty though there is another.
 *
 * @throws {NexoraError} `not_found`
 */
export async function listReaders(
  { kv }: Pick<Deps, "kv">,
  channel: string,
  id: string,
  cursor?: string,
): Promise<
  { readers: { userId: string; at: number }[]; cursor: string | null }
> {
  const { value: message } = await readStored(kv, channel, id);
  const prefix = keys.readers(channel);
  const list = kv.list<ReaderRow>(
    cursor
      ? { prefix, start: keys.reader(channel, `${cursor}\u0000`) }
      : { prefix },
    { limit: A_PAGE + 1 },
  );
  const rows = await Array.fromAsync(list, ({ key, value }) => ({
    userId: String(key.at(-1)),
    ...value,
  }));
  const page = rows.slice(0, A_PAGE);
  return {
    readers: page.filter(({ userId, order }) =>
      order >= message.order && userId !== message.authorId
    ).map(({ userId, at }) => ({ userId, at })),
    cursor: rows.length > A_PAGE ? page.at(-1)!.userId : null,
  };
}
