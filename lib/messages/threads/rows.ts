import { DAY } from "../../clock.ts";
import { keys } from "../../kv/mod.ts";
import { positionOf } from "../find.ts";
import type { StoredMessage } from "../rows.ts";
import type { ThreadState } from "./types.ts";

/** Somebody's place in a thread, as stored. */
export interface ThreadRow {
  channel: string;
  parentId: string;
  /** Where the message stands that begins the thread. */
  place: string;
  /** Whether they follow it. A row that says no was left by hand: only what they do or who names them brings it back. */
  on: boolean;
  /** `orderKey` of a place: replies up to it are read, or were there before they followed. */
  order: string;
  /** Milliseconds of the last change. */
  at: number;
  revision: number;
}

/** A thread in which nothing of somebody's changed for this long is followed no more. */
export const FOLLOWED_FOR = 365 * DAY;
/** Unread replies are counted up to here. */
const COUNTED = 100;
/** Rows looked at for them: their own replies and deleted ones do not count. */
const LOOKED_AT = 1_000;

export const NOT_FOLLOWED = {
  following: false,
  position: null,
  unread: 0,
  upTo: null,
} as const;

/** What of a thread is unread, counted from its replies; none are read when its last one is known to be read. */
export async function stateOf(
  kv: Deno.Kv,
  userId: string,
  row: ThreadRow,
  lastReply?: string,
): Promise<ThreadState> {
  const { channel, parentId, revision, order } = row;
  if (!row.on) return { channel, parentId, revision, ...NOT_FOLLOWED };
  const { unread, upTo } = lastReply !== undefined && lastReply <= order
    ? { unread: 0, upTo: lastReply }
    : await countReplies(kv, userId, row);
  return {
    channel,
    parentId,
    following: true,
    position: positionOf(order),
    unread,
    upTo: positionOf(upTo),
    revision,
  };
}

async function countReplies(
  kv: Deno.Kv,
  userId: string,
  row: ThreadRow,
): Promise<{ unread: number; upTo: string }> {
  let unread = 0;
  let upTo = row.order;
  for await (const { order, authorId, deleted } of repliesAfter(kv, row)) {
    upTo = order;
    if (authorId !== userId && !deleted && ++unread === COUNTED) break;
  }
  return { unread, upTo };
}

/** The replies after what somebody has read, the oldest first. */
export async function* repliesAfter(
  kv: Deno.Kv,
  { channel, parentId, order }: ThreadRow,
): AsyncGenerator<StoredMessage> {
  const rows = kv.list<StoredMessage>({
    prefix: keys.replies(channel, parentId),
    start: keys.reply(channel, parentId, `${order}\u0000`),
  }, { limit: LOOKED_AT });
  for await (const { value } of rows) yield value;
}
