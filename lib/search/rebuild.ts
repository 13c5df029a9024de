import { commit, del, keys, type Mutation, set, unchanged } from "../kv/mod.ts";
import {
  bounded,
  indexKeys,
  type SearchEntry,
  type SearchKind,
  searchRows,
} from "./entry.ts";

/** A kind of thing whose index can be made anew. */
export interface Indexed<T> {
  kind: SearchKind;
  /** Prefix of the rows of the things; the last part of a key is the id. */
  prefix: Deno.KvKey;
  keyOf: (id: string) => Deno.KvKey;
  entryOf: (thing: T) => SearchEntry | null;
}

export interface Rebuilt {
  things: number;
  /** Things whose rows were not as they should be. */
  mended: number;
  /** Rows about things, or words of things, that are not there any more. */
  removed: number;
}

/** Rows looked at between two reports. */
const REPORT = 5_000;

/**
 * Makes the index of a kind what it should be, while everything goes on: each thing is read together with its entry
 * and written under a check of it, so a change at the same time wins. A second run changes nothing.
 */
export async function rebuildIndex<T>(
  kv: Deno.Kv,
  indexed: Indexed<T>,
  report: (looked: number) => void = () => {},
): Promise<Rebuilt> {
  const { kind, prefix } = indexed;
  const result: Rebuilt = { things: 0, mended: 0, removed: 0 };
  for await (const { key } of kv.list({ prefix }, { batchSize: 500 })) {
    if (await mend(kv, indexed, key.at(-1) as string)) result.mended++;
    if (++result.things % REPORT === 0) report(result.things);
  }
  const entries = kv.list({ prefix: keys.searchEntries(kind) }, {
    batchSize: 500,
  });
  for await (const { key } of entries) {
    const thing = await kv.get(indexed.keyOf(key.at(-1) as string));
    if (thing.value !== null) continue;
    if (await mend(kv, indexed, key.at(-1) as string)) result.removed++;
  }
  result.removed += await sweep(kv, kind, keys.searchWords(kind));
  result.removed += await sweep(kv, kind, keys.searchPhrases(kind));
  return result;
}

/** Writes what is missing of one thing's rows; `false` when nothing was. */
async function mend<T>(
  kv: Deno.Kv,
  { kind, keyOf, entryOf }: Indexed<T>,
  id: string,
): Promise<boolean> {
  for (;;) {
    const [thing, present] = await kv.getMany<[T, SearchEntry]>([
      keyOf(id),
      keys.searchEntry(kind, id),
    ]);
    const entry = thing.value === null ? null : entryOf(thing.value);
    const mutations: Mutation[] = searchRows(
      present.value && { ...present.value, kind, id },
      entry,
    );
    if (mutations.length === 0 && entry) {
      mutations.push(...await missingRows(kv, bounded(entry)));
    }
    if (mutations.length === 0) return false;
    if (await commit(kv, { checks: [unchanged(present)], mutations })) {
      return true;
    }
  }
}

async function missingRows(
  kv: Deno.Kv,
  entry: SearchEntry,
): Promise<Mutation[]> {
  const words = [...indexKeys(entry).values()];
  const missing: Mutation[] = [];
  for (let i = 0; i < words.length; i += 10) {
    for (const row of await kv.getMany(words.slice(i, i + 10))) {
      if (row.value === null) missing.push(set(row.key, true));
    }
  }
  return missing;
}

/** Removes words and phrases that their thing does not have. */
async function sweep(
  kv: Deno.Kv,
  kind: SearchKind,
  prefix: Deno.KvKey,
): Promise<number> {
  let removed = 0;
  for await (const row of kv.list({ prefix }, { batchSize: 500 })) {
    const id = row.key.at(-1) as string;
    const entry = await kv.get<SearchEntry>(keys.searchEntry(kind, id));
    if (entry.value && indexKeys(entry.value).has(row.key.join("\n"))) continue;
    const done = await commit(kv, {
      checks: [unchanged(entry)],
      mutations: [del(row.key)],
    });
    if (done) removed++;
  }
  return removed;
}
