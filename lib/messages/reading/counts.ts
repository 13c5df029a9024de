import { keys } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { Channel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { positionOf } from "../find.ts";
import { type AuthorHead, EMPTY_ROOM, type RoomHead } from "../ledger.ts";
import type { RoomMention } from "../tell.ts";
import { firstMark } from "./first_mark.ts";
import type { ReadMark } from "./read_mark.ts";
import type { ReadState } from "./types.ts";

/** Mentions are counted up to here. */
const MENTIONS_COUNTED = 100;

/** What is known of a room and of one reader in it. */
export interface Standing {
  room: RoomHead;
  mark: ReadMark;
  /** As read, for a check. */
  entry: Deno.KvEntryMaybe<ReadMark>;
  /** Messages of the reader's own in the room's list. */
  written: number;
}

/** Reads room, reader's messages and mark at one moment. */
export async function readStanding(
  deps: Pick<Deps, "kv">,
  room: Channel,
  userId: string,
): Promise<Standing> {
  const { kv } = deps;
  const [head, author, entry] = await kv.getMany<
    [RoomHead, AuthorHead, ReadMark]
  >([
    keys.room(room.name),
    keys.author(room.name, userId),
    keys.readMark(userId, room.name),
  ]);
  const known = head.value ?? EMPTY_ROOM;
  return {
    room: known,
    mark: entry.value ?? await firstMark(kv, room, userId, known),
    entry,
    written: author.value?.count ?? 0,
  };
}

/**
 * What is unread after a mark. All messages after it, less the reader's own after it: three rows and the reader's last
 * message before the mark, however long the room is.
 */
export async function countUnread(
  deps: Pick<Deps, "kv" | "policy">,
  room: Channel,
  reader: Pick<User, "id" | "role">,
  { room: head, mark, written }: Omit<Standing, "entry">,
): Promise<ReadState> {
  const { name } = room;
  const behind = head.upTo > mark.order;
  const [own, mentions] = await Promise.all([
    written === 0 || head.count === mark.ordinal
      ? written
      : authoredUpTo(deps.kv, name, reader.id, mark.ordinal),
    behind ? countMentions(deps, room, reader, mark.order) : 0,
  ]);
  return {
    channel: name,
    position: mark.order === "" ? null : positionOf(mark.order),
    unread: head.count - mark.ordinal - (written - own),
    mentions,
    upTo: head.upTo === "" ? null : positionOf(head.upTo),
    revision: mark.revision,
  };
}

/** How many of the first `ordinal` messages are somebody's own. */
async function authoredUpTo(
  kv: Deno.Kv,
  channel: string,
  userId: string,
  ordinal: number,
): Promise<number> {
  const last = kv.list<number>({
    prefix: keys.authoredBy(channel, userId),
    end: keys.authored(channel, userId, ordinal + 1),
  }, { reverse: true, limit: 1 });
  for await (const { value } of last) return value;
  return 0;
}

async function countMentions(
  { kv, policy }: Pick<Deps, "kv" | "policy">,
  room: Channel,
  reader: Pick<User, "id" | "role">,
  order: string,
): Promise<number> {
  const { name } = room;
  const after = `${order}\u0000`;
  const [own, group] = await Promise.all([
    Array.fromAsync(
      kv.list<string>({
        prefix: keys.mentionsOf(reader.id, name),
        start: keys.mention(reader.id, name, after),
      }, { limit: MENTIONS_COUNTED }),
      (row) => row.value,
    ),
    Array.fromAsync(
      kv.list<RoomMention>({
        prefix: keys.roomMentions(name),
        start: keys.roomMention(name, after),
      }, { limit: MENTIONS_COUNTED }),
      (row) => row.value,
    ),
  ]);
  const officer = group.some((one) => !one.everyone) &&
    await policy.may(reader, "administer", room);
  const named = new Set(own);
  for (const { id, authorId, everyone, officers } of group) {
    if (authorId !== reader.id && (everyone || (officers && officer))) {
      named.add(id);
    }
  }
  return Math.min(named.size, MENTIONS_COUNTED);
}
