import { keys } from "../../kv/mod.ts";
import { entryAt } from "../reading/first_mark.ts";
import { rowKey } from "../find.ts";
import type { LedgerEntry, RoomHead } from "../ledger.ts";
import type { StoredMessage } from "../rows.ts";
import { type IndexMark, indexRoom } from "./index_room.ts";
import { anyOf, EVERYTHING, expand, inAll, type Postings } from "./postings.ts";
import type { MessageQuery } from "./query.ts";
import { fromTerm, hasTerm, hasWords, thingsOf } from "./terms.ts";

/** A query with its people found. */
export interface RoomQuery
  extends Pick<MessageQuery, "words" | "has" | "before" | "after"> {
  /** `null`: anybody. */
  fromIds: string[] | null;
  /** Whose messages are left out. */
  hidden: ReadonlySet<string>;
}

/** Entries that may not be in the index yet and are looked at one by one; more are indexed first. */
const TAIL = 200;

/**
 * The messages of a room that a query finds, the newest first. The index says where to look; each message is then
 * compared as it is now, so an index that lags finds nothing wrong, and its last entries are looked at besides it.
 */
export async function* searchRoom(
  kv: Deno.Kv,
  channel: string,
  query: RoomQuery,
  /** Number of an entry: only what is before it. */
  below = Infinity,
): AsyncGenerator<StoredMessage> {
  const head = await kv.get<RoomHead>(keys.room(channel));
  if (head.value === null) return;
  const tail = await tailOf(kv, channel, head.value);
  const top = query.before === null
    ? head.value.entries
    : (await entryAt(kv, channel, head.value, query.before))?.n ?? 0;
  const lists = await postingsOf(kv, channel, query);
  if (lists === null && tail.size === 0) return;
  const numbers = inAll(
    lists ?? [NOTHING],
    tail,
    Math.min(top, below - 1),
  );
  for await (const n of numbers) {
    const entry = (await kv.get<LedgerEntry>(keys.ledgerEntry(channel, n)))
      .value;
    if (entry?.kind !== "new") continue;
    // Times of neighbours may differ by a moment from their order; a day's border is not that sharp.
    if (query.after !== null && entry.at < query.after) {
      if (entry.at < query.after - SLACK) return;
      continue;
    }
    if (query.before !== null && entry.at >= query.before) continue;
    const { value } = await kv.get<StoredMessage>(
      rowKey(channel, { order: entry.order, parentId: entry.parentId }),
    );
    if (value && fits(value, query)) yield value;
  }
}

const SLACK = 60_000;
const NOTHING: Postings = { below: () => Promise.resolve(-1), bits: () => 0n };

function fits(message: StoredMessage, query: RoomQuery): boolean {
  const { words, has, fromIds, hidden } = query;
  if (message.deleted || hidden.has(message.authorId)) return false;
  if (fromIds && !fromIds.includes(message.authorId)) return false;
  const things = thingsOf(message);
  return has.every((one) => things.has(one)) && hasWords(message, words);
}

/** Entries whose message the index may not know as it is. A room whose index is far behind is indexed first. */
async function tailOf(
  kv: Deno.Kv,
  channel: string,
  head: RoomHead,
): Promise<Set<number>> {
  const mark = await kv.get<IndexMark>(keys.messagesIndexed(channel));
  let from = mark.value?.n ?? 0;
  if (head.entries - from > TAIL) {
    await indexRoom(kv, channel);
    from = head.entries;
  }
  const numbers = new Set<number>();
  if (from >= head.entries) return numbers;
  const rows = kv.list<LedgerEntry>({
    prefix: keys.ledger(channel),
    start: keys.ledgerEntry(channel, from + 1),
  });
  for await (const { value } of rows) {
    if (value.kind === "new") numbers.add(value.n);
    else if (value.kind === "edit") {
      const place = await kv.get<{ order: string; parentId: string | null }>(
        keys.messageById(channel, value.messageId),
      );
      const message = place.value &&
        await kv.get<StoredMessage>(rowKey(channel, place.value));
      if (message?.value) numbers.add(message.value.entry);
    }
  }
  return numbers;
}

/** The lists that a message has to be in; `null` when one of them is empty here. */
async function postingsOf(
  kv: Deno.Kv,
  channel: string,
  { words, has, fromIds }: RoomQuery,
): Promise<Postings[] | null> {
  const lists: string[][] = await Promise.all(
    words.map((word) => expand(kv, channel, word)),
  );
  for (const thing of has) lists.push([hasTerm(thing)]);
  if (fromIds) lists.push(fromIds.map(fromTerm));
  if (lists.some((list) => list.length === 0)) return null;
  return lists.length === 0
    ? [EVERYTHING]
    : lists.map((list) => anyOf(kv, channel, list));
}
