import { NexoraError } from "../errors.ts";
import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { formatPosition } from "../realtime/mod.ts";
import { placed, readStored } from "./find.ts";
import type { StoredMessage } from "./rows.ts";
import type { Conversation, PlacedMessage } from "./types.ts";

export interface ListMessages {
  channel: string;
  /** `orderKey` of a place: only what was sent before it. */
  before?: string;
  /** `orderKey` of a place: the first messages after it. */
  after?: string;
  /** Id of a message: it, and half a page on each side. */
  around?: string;
  /** At most 100; default 50. */
  limit?: number;
}

export interface MessagesPage {
  /** Newest first. */
  messages: PlacedMessage[];
  /** Cursor of what is older; `null` when this page reaches the beginning. */
  before: string | null;
  /** With `after` or `around`: cursor of what is newer; `null` when this page reaches the end. */
  after: string | null;
  /** Everything that is not in the newest page comes after this position: subscribe `since` it without a gap. */
  position: string;
}

/** A list of messages in key order: a room's own, or a thread's. */
interface Shelf {
  prefix: Deno.KvKey;
  keyOf: (order: string) => Deno.KvKey;
}

/**
 * A page of a room; a few reads, however long the room is.
 *
 * @throws {NexoraError} `not_found` for a message to look around that is not there
 */
export async function listMessages(
  deps: Pick<Deps, "kv" | "log">,
  asked: ListMessages,
): Promise<MessagesPage> {
  const { channel } = asked;
  return await readPage(deps, asked, {
    prefix: keys.messages(channel),
    keyOf: (order) => keys.message(channel, order),
  });
}

export interface ThreadPage extends MessagesPage {
  parent: PlacedMessage;
}

/** A page of the replies to a message, and that message. @throws {NexoraError} `not_found` */
export async function listThread(
  deps: Pick<Deps, "kv" | "log">,
  { parentId, ...asked }: ListMessages & { parentId: string },
): Promise<ThreadPage> {
  const { channel } = asked;
  const page = await readPage(deps, asked, {
    prefix: keys.replies(channel, parentId),
    keyOf: (order) => keys.reply(channel, parentId, order),
  });
  // After the replies: it then counts at least those that the page has.
  const { value } = await readStored(deps.kv, channel, parentId);
  if (value.parentId !== null) {
    throw new NexoraError("not_found", "There is no such thread");
  }
  return { ...page, parent: placed(value) };
}

async function readPage(
  { kv, log }: Pick<Deps, "kv" | "log">,
  { channel, before, after, around, limit = 50 }: ListMessages,
  shelf: Shelf,
): Promise<MessagesPage> {
  // Before the rows: what is committed between the two reads is then seen twice rather than never.
  const position = formatPosition(await log.head(channel));
  if (around !== undefined) {
    const { value } = await readStored(kv, channel, around);
    // A link to a reply leads to the place in the room where its thread began.
    const { order } = value.parentId === null
      ? value
      : (await readStored(kv, channel, value.parentId)).value;
    const half = Math.floor(limit / 2);
    const [newer, older] = await Promise.all([
      newerThan(kv, shelf, order, half),
      olderThan(kv, shelf, `${order}\u0000`, limit - half),
    ]);
    return {
      messages: [...newer.rows, ...older.rows].map(placed),
      before: older.more ? older.rows.at(-1)!.order : null,
      after: newer.more ? newer.rows[0]!.order : null,
      position,
    };
  }
  if (after !== undefined) {
    const { rows, more } = await newerThan(kv, shelf, after, limit);
    return {
      messages: rows.map(placed),
      // Going forwards there is something older: at least what stands at `after`.
      before: rows.at(-1)?.order ?? null,
      after: more ? rows[0]!.order : null,
      position,
    };
  }
  const { rows, more } = await olderThan(kv, shelf, before, limit);
  return {
    messages: rows.map(placed),
    before: more ? rows.at(-1)!.order : null,
    after: null,
    position,
  };
}

/** The first messages after a place, newest first. */
async function newerThan(
  kv: Deno.Kv,
  { prefix, keyOf }: Shelf,
  order: string,
  limit: number,
) {
  const rows = await read(
    kv.list({ prefix, start: keyOf(`${order}\u0000`) }, { limit: limit + 1 }),
  );
  return {
    rows: rows.slice(0, limit).reverse(),
    more: rows.length > limit,
  };
}

/** The last messages before a place or of all, newest first. */
async function olderThan(
  kv: Deno.Kv,
  { prefix, keyOf }: Shelf,
  order: string | undefined,
  limit: number,
) {
  const rows = await read(
    kv.list(
      order === undefined ? { prefix } : { prefix, end: keyOf(order) },
      { reverse: true, limit: limit + 1 },
    ),
  );
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

function read(rows: Deno.KvListIterator<StoredMessage>) {
  return Array.fromAsync(rows, (row) => row.value);
}

/** Somebody's direct conversations, the latest first. */
export async function listConversations(
  { kv }: Pick<Deps, "kv">,
  userId: string,
  limit = 200,
): Promise<Conversation[]> {
  const rows = kv.list<Conversation>({ prefix: keys.conversations(userId) });
  const conversations = await Array.fromAsync(rows, (row) => row.value);
  return conversations.sort((a, b) => b.lastAt - a.lastAt).slice(0, limit);
}
