import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { formatPosition } from "../realtime/mod.ts";
import { placed } from "./find.ts";
import type { StoredMessage } from "./rows.ts";
import type { Conversation, PlacedMessage } from "./types.ts";

export interface ListMessages {
  channel: string;
  /** `orderKey` of a place: only what was sent before it. */
  before?: string;
  /** `orderKey` of a place: the first messages after it. */
  after?: string;
  /** At most 100; default 50. */
  limit?: number;
}

export interface MessagesPage {
  /** Newest first. */
  messages: PlacedMessage[];
  /** Cursor of what is older; `null` when this page reaches the beginning. */
  before: string | null;
  /** With `after`: cursor of what is newer; `null` when this page reaches the end. */
  after: string | null;
  /** Everything that is not in the newest page comes after this position: subscribe `since` it without a gap. */
  position: string;
}

/** A page of a room. */
export async function listMessages(
  { kv, log }: Pick<Deps, "kv" | "log">,
  { channel, before, after, limit = 50 }: ListMessages,
): Promise<MessagesPage> {
  // Before the rows: what is committed between the two reads is then seen twice rather than never.
  const position = formatPosition(await log.head(channel));
  const prefix = keys.messages(channel);
  const forwards = after !== undefined;
  const selector = forwards
    ? { prefix, start: keys.message(channel, `${after}\u0000`) }
    : before !== undefined
    ? { prefix, end: keys.message(channel, before) }
    : { prefix };
  const rows = await Array.fromAsync(
    kv.list<StoredMessage>(selector, { reverse: !forwards, limit: limit + 1 }),
    (row) => row.value,
  );
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (forwards) page.reverse();
  const [newest, oldest] = [page[0], page.at(-1)];
  return {
    messages: page.map(placed),
    // Going forwards there is something older: at least what stands at `after`.
    before: oldest && (more || forwards) ? oldest.order : null,
    after: forwards && more && newest ? newest.order : null,
    position,
  };
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
