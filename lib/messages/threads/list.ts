import { keys } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import { parseChannel } from "../../realtime/mod.ts";
import { getUser, type User } from "../../users/mod.ts";
import { otherOf } from "../activity.ts";
import { placed } from "../find.ts";
import { roomName } from "../room_name.ts";
import type { StoredMessage } from "../rows.ts";
import { repliesAfter, stateOf, type ThreadRow } from "./rows.ts";
import type { ThreadEntry, ThreadState } from "./types.ts";

/** Followed threads that are looked at, those that began last. */
const MOST = 200;
/** Those that a list shows, and the last replies of each. */
const SHOWN = 50;
const REPLIES = 2;

type Reader = Pick<User, "id" | "role">;

interface Followed {
  row: ThreadRow;
  parent: StoredMessage;
}

/** Where somebody stands in the threads that they follow. */
export async function listThreadStates(
  deps: Pick<Deps, "kv" | "policy">,
  reader: Reader,
): Promise<ThreadState[]> {
  const followed = await listFollowed(deps, reader);
  return await Promise.all(
    followed.map(({ row, parent }) =>
      stateOf(deps.kv, reader.id, row, parent.lastReply)
    ),
  );
}

/** Of some messages of a room, where somebody stands in the threads that they follow. */
export async function listStatesOf(
  { kv }: Pick<Deps, "kv">,
  userId: string,
  parentIds: readonly string[],
): Promise<ThreadState[]> {
  const states: Promise<ThreadState>[] = [];
  for (let i = 0; i < parentIds.length; i += 10) {
    const ten = parentIds.slice(i, i + 10);
    const rows = await kv.getMany<ThreadRow[]>(
      ten.map((id) => keys.threadOf(userId, id)),
    );
    for (const { value } of rows) {
      if (value?.on) states.push(stateOf(kv, userId, value));
    }
  }
  return await Promise.all(states);
}

/** The threads that somebody follows, those with something unread first, then the latest. */
export async function listThreads(
  deps: Pick<Deps, "kv" | "policy">,
  reader: Reader,
): Promise<ThreadEntry[]> {
  const { kv } = deps;
  const followed = (await listFollowed(deps, reader))
    .filter(({ parent }) => parent.thread !== null);
  const known = await Promise.all(followed.map(async (one) => ({
    ...one,
    state: await stateOf(kv, reader.id, one.row, one.parent.lastReply),
  })));
  known.sort((a, b) =>
    Number(b.state.unread > 0) - Number(a.state.unread > 0) ||
    b.parent.thread!.lastAt - a.parent.thread!.lastAt
  );
  return await Promise.all(
    known.slice(0, SHOWN).map(({ row, parent, state }) =>
      entryOf(kv, reader, row, parent, state)
    ),
  );
}

async function entryOf(
  kv: Deno.Kv,
  reader: Reader,
  row: ThreadRow,
  parent: StoredMessage,
  state: ThreadState,
): Promise<ThreadEntry> {
  const [replies, firstUnreadId, room] = await Promise.all([
    Array.fromAsync(
      kv.list<StoredMessage>(
        { prefix: keys.replies(row.channel, row.parentId) },
        { reverse: true, limit: REPLIES },
      ),
      ({ value }) => placed(value),
    ),
    state.unread > 0 ? firstUnread(kv, reader.id, row) : null,
    roomOf(kv, reader.id, row.channel),
  ]);
  return {
    state,
    parent: placed(parent),
    replies: replies.reverse(),
    firstUnreadId,
    room,
  };
}

async function firstUnread(
  kv: Deno.Kv,
  userId: string,
  row: ThreadRow,
): Promise<string | null> {
  for await (const { id, authorId, deleted } of repliesAfter(kv, row)) {
    if (authorId !== userId && !deleted) return id;
  }
  return null;
}

/** What a room is called for somebody, and where its page is. */
async function roomOf(
  kv: Deno.Kv,
  userId: string,
  channel: string,
): Promise<ThreadEntry["room"]> {
  const room = parseChannel(channel)!;
  const { subject } = room;
  if (subject.kind === "dm") {
    const other = await getUser(kv, otherOf(subject.userIds, userId));
    const { name = "", handle = "" } = other ?? {};
    return { kind: "dm", name, path: `/messages/${handle}` };
  }
  const name = await roomName(kv, room);
  return subject.kind === "guild"
    ? { kind: "guild", name, path: `/guilds/${subject.guildId}` }
    : {
      kind: "dispute",
      name,
      path: subject.kind === "dispute"
        ? `/disputes/${subject.disputeId}`
        : "/disputes",
    };
}

/** The followed threads of rooms that the reader may see, with the messages that begin them. */
async function listFollowed(
  { kv, policy }: Pick<Deps, "kv" | "policy">,
  reader: Reader,
): Promise<Followed[]> {
  const list = kv.list<ThreadRow>(
    { prefix: keys.threadsOf(reader.id) },
    { reverse: true, limit: MOST },
  );
  const all = await Array.fromAsync(list, ({ value }) => value);
  const channels = [...new Set(all.map(({ channel }) => channel))];
  const open = new Set(
    (await Promise.all(channels.map(async (channel) => {
      const room = parseChannel(channel);
      return room && await policy.may(reader, "see", room) ? [channel] : [];
    }))).flat(),
  );
  const rows = all.filter(({ on, channel }) => on && open.has(channel));
  const reads: Promise<Deno.KvEntryMaybe<StoredMessage>[]>[] = [];
  for (let i = 0; i < rows.length; i += 10) {
    const ten = rows.slice(i, i + 10);
    reads.push(
      kv.getMany<StoredMessage[]>(
        ten.map(({ channel, place }) => keys.message(channel, place)),
      ),
    );
  }
  const parents = (await Promise.all(reads)).flat();
  return rows.flatMap((row, i) => {
    const parent = parents[i]!.value;
    return parent ? [{ row, parent }] : [];
  });
}
