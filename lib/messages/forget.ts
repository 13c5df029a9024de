import { commit, del, keys, type Mutation } from "../kv/mod.ts";

/** Rows of one commit; each is at most two mutations of the 1000 that it takes. */
const TOGETHER = 400;

/**
 * Clears away everything that was said in a room that is no more, in bounded commits. Nobody may look into it any more
 * when this runs, and deleting twice is deleting once: a run that was interrupted is simply run again.
 */
export async function forgetRoom(
  kv: Deno.Kv,
  channel: string,
  signal: AbortSignal,
): Promise<void> {
  // What people have of the room outside it is found by the room's rows, so those go with them.
  await clear(kv, keys.readers(channel), signal, (key) => [
    del(key),
    del(keys.readMark(String(key.at(-1)), channel)),
  ]);
  await clear(kv, keys.reports(channel), signal, (key) => [
    del(key),
    del(keys.openReport(String(key.at(-1)))),
  ]);
  for (const prefix of keys.roomTables(channel)) {
    await clear(kv, prefix, signal, (key) => [del(key)]);
  }
  await commit(kv, {
    mutations: [
      del(keys.room(channel)),
      del(keys.roomSettings(channel)),
      del(keys.messagesIndexed(channel)),
    ],
  });
}

async function clear(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
  signal: AbortSignal,
  rowsOf: (key: Deno.KvKey) => Mutation[],
): Promise<void> {
  while (true) {
    signal.throwIfAborted();
    const found = await Array.fromAsync(
      kv.list({ prefix }, { limit: TOGETHER }),
      ({ key }) => key,
    );
    if (found.length === 0) return;
    await commit(kv, { mutations: found.flatMap(rowsOf) });
  }
}
