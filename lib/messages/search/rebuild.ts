import { commit, del, keys, set, unchanged } from "../../kv/mod.ts";
import type { Rebuilt } from "../../search/mod.ts";
import { type IndexMark, indexRoom } from "./index_room.ts";

const TOGETHER = 400;

/**
 * Makes the index of all messages anew, room after room, while everything goes on: a search meanwhile finds the same,
 * for it looks at what is not indexed yet besides.
 */
export async function reindexMessages(
  kv: Deno.Kv,
  report: (looked: number) => void = () => {},
): Promise<Rebuilt> {
  const result: Rebuilt = { things: 0, mended: 0, removed: 0 };
  for await (
    const { key, value } of kv.list<{ entries: number }>({
      prefix: keys.rooms(),
    })
  ) {
    const channel = String(key.at(-1));
    for (
      const prefix of [
        keys.postingsOfRoom(channel),
        keys.indexedWordsOfRoom(channel),
      ]
    ) result.removed += await clear(kv, channel, prefix);
    await indexRoom(kv, channel);
    result.things += value.entries;
    result.mended += value.entries;
    report(result.things);
  }
  return result;
}

/**
 * Takes rows of a room's index away. Each commit says that nothing is indexed: what an indexer writes meanwhile is
 * written again later, and none of both can overtake the other unseen.
 */
async function clear(
  kv: Deno.Kv,
  channel: string,
  prefix: Deno.KvKey,
): Promise<number> {
  let count = 0;
  for (;;) {
    const mark = await kv.get<IndexMark>(keys.messagesIndexed(channel));
    const found = await Array.fromAsync(
      kv.list({ prefix }, { limit: TOGETHER }),
      ({ key }) => del(key),
    );
    const nothing: IndexMark = { n: 0, tick: (mark.value?.tick ?? 0) + 1 };
    const committed = await commit(kv, {
      checks: [unchanged(mark)],
      mutations: [...found, set(mark.key, nothing)],
    });
    if (!committed) continue;
    if (found.length === 0) return count;
    count += found.length;
  }
}
