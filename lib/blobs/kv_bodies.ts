import { commit, del, keys, set } from "../kv/mod.ts";
import { partsOf } from "./parts.ts";
import type { BlobBodies, ByteRange } from "./types.ts";

/** Bytes of a row: a value holds 64 KiB. */
export const CHUNK = 60 * 1024;
/** Rows of a commit or a read: 600 KiB of the 800 KiB that an atomic takes, and `getMany`'s ten keys. */
const TOGETHER = 10;

/** Contents in the store itself, in rows of 60 KiB. */
export function kvBodies({ kv }: { kv: Deno.Kv }): BlobBodies {
  return {
    name: "kv",
    async write(id, _type, body) {
      let n = 0;
      // The parts of one commit at once in memory, and no more.
      for await (const part of partsOf(body, CHUNK * TOGETHER)) {
        const mutations = [];
        for (let from = 0; from < part.length; from += CHUNK) {
          const chunk = part.slice(from, from + CHUNK);
          mutations.push(set(keys.blobChunk(id, n++), chunk));
        }
        await commit(kv, { mutations });
      }
    },
    read(id, range) {
      return ReadableStream.from(chunksWithin(kv, id, range));
    },
    async remove(id) {
      for (;;) {
        const rows = await Array.fromAsync(
          kv.list({ prefix: keys.blobChunks(id) }, { limit: TOGETHER }),
        );
        if (rows.length === 0) return;
        await commit(kv, { mutations: rows.map(({ key }) => del(key)) });
      }
    },
  };
}

async function* chunksWithin(
  kv: Deno.Kv,
  id: string,
  { from, to }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const last = Math.floor(to / CHUNK);
  for (let n = Math.floor(from / CHUNK); n <= last; n += TOGETHER) {
    const count = Math.min(TOGETHER, last - n + 1);
    const rows = await kv.getMany<Uint8Array[]>(
      Array.from({ length: count }, (_, i) => keys.blobChunk(id, n + i)),
    );
    for (const [i, { value }] of rows.entries()) {
      const start = (n + i) * CHUNK;
      const end = Math.min(to + 1 - start, CHUNK);
      if (value === null || value.length < end) {
        throw new Error(`The content ${id} is not complete`);
      }
      yield value.subarray(Math.max(0, from - start), end);
    }
  }
}
