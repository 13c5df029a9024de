import type { IdMaker } from "../clock.ts";
import { keys } from "../kv/mod.ts";
import type { Invalidation } from "./invalidation.ts";
import type { CacheKey } from "./kind.ts";
import {
  closeScope,
  deleteAll,
  forgetMutations,
  kindScope,
  tagScope,
} from "./store.ts";

interface Options {
  kv: Deno.Kv;
  newId: IdMaker;
}

/** Keys that are told of in one row. */
const KEYS_AT_ONCE = 100;

/** Deletes values and tells everybody, in one commit. */
export async function purgeKeys(
  { kv }: Options,
  invalidation: Invalidation,
  gone: CacheKey<unknown>[],
): Promise<void> {
  for (let i = 0; i < gone.length; i += KEYS_AT_ONCE) {
    const some = gone.slice(i, i + KEYS_AT_ONCE);
    await invalidation.publish(
      { texts: some.map((key) => key.text) },
      some.flatMap(forgetMutations),
    );
    await Promise.all(
      some.map(({ kind, id }) =>
        deleteAll(kv, keys.cacheChunks(kind.name, kind.version, id))
      ),
    );
  }
}

/** Deletes what carries a tag. First nothing older may come in, then what is there goes, then everybody forgets it. */
export async function purgeTag(
  { kv, newId }: Options,
  invalidation: Invalidation,
  tag: string,
): Promise<void> {
  await closeScope(kv, tagScope(tag), newId());
  await deleteAll(kv, keys.cacheTaggedWith(tag), (row) => {
    const [kind, version, id] = row.slice(2) as [string, number, string];
    return [{ type: "delete", key: keys.cacheEntry(kind, version, id) }];
  });
  await invalidation.publish({ tags: [tag] });
}

/** Deletes all values of some kinds, in the same order. */
export async function purgeKinds(
  { kv, newId }: Options,
  invalidation: Invalidation,
  kinds: string[],
): Promise<void> {
  for (const kind of kinds) {
    await closeScope(kv, kindScope(kind), newId());
    await deleteAll(kv, keys.cacheKind(kind));
    await deleteAll(kv, keys.cacheChunksOfKind(kind));
  }
  await invalidation.publish({ kinds });
}
