import {
  type Change,
  type Check,
  commit,
  commitStamped,
  del,
  keys,
  type Mutation,
  set,
  unchanged,
} from "../kv/mod.ts";
import {
  decodeBytes,
  encodeValue,
  type Freshness,
  type StoredEntry,
} from "./entry.ts";
import type { CacheKey } from "./kind.ts";

/** A value as found in the store. */
export interface Found extends Freshness {
  value: unknown;
  tags: string[];
  size: number;
}

/** Held under `["cacheLease", …]` by the isolate that loads; `failedAt` says that its load failed. */
export interface LoadLease {
  token: string;
  until: number;
  failedAt?: number;
}

/** What one read finds about a key. */
export interface Reading {
  found: Found | null;
  lease: Deno.KvEntryMaybe<LoadLease>;
  /** That the entry is as it was read. */
  entry: Check;
  /** That nothing has invalidated the kind or one of the tags since. */
  scopes: Check[];
}

/** A value over this size lives in memory only. */
const LARGEST = 8 << 20;
/** An atomic takes 800 KiB. */
const CHUNKS_PER_COMMIT = 10;
/** One `getMany` takes 10 keys: entry, lease, the kind's scope, and these. */
export const MOST_TAGS = 7;

export const kindScope = (kind: string) => `kind:${kind}`;
export const tagScope = (tag: string) => `tag:${tag}`;

function entryKey({ kind, id }: CacheKey<unknown>): Deno.KvKey {
  return keys.cacheEntry(kind.name, kind.version, id);
}

export function leaseKey({ kind, id }: CacheKey<unknown>): Deno.KvKey {
  return keys.cacheLease(kind.name, kind.version, id);
}

/** Just the value, for a reader that would not load: one get. */
export async function findEntry(
  kv: Deno.Kv,
  key: CacheKey<unknown>,
  now: number,
): Promise<Found | null> {
  const { value } = await kv.get<StoredEntry>(entryKey(key));
  return await opened(kv, key, value, now);
}

/** Everything that a loader has to know, in one read. */
export async function readForLoad(
  kv: Deno.Kv,
  key: CacheKey<unknown>,
  tags: string[],
  now: number,
): Promise<Reading> {
  const [entry, lease, ...scopes] = await kv.getMany<
    [StoredEntry, LoadLease, ...unknown[]]
  >([
    entryKey(key),
    leaseKey(key),
    keys.cacheScope(kindScope(key.kind.name)),
    ...tags.map((tag) => keys.cacheScope(tagScope(tag))),
  ]);
  return {
    found: await opened(kv, key, entry.value, now),
    lease,
    entry: unchanged(entry),
    scopes: scopes.map((scope) =>
      unchanged(scope as Deno.KvEntryMaybe<unknown>)
    ),
  };
}

/**
 * `expireIn` may leave a row readable for a minute more, so its own time counts. What cannot be read as it was written is
 * as good as not there: it is loaded anew, and written over.
 */
async function opened(
  kv: Deno.Kv,
  key: CacheKey<unknown>,
  entry: StoredEntry | null,
  now: number,
): Promise<Found | null> {
  if (entry === null || entry.graceUntil <= now) return null;
  const { body, ...rest } = entry;
  if (body.form === "plain") return { ...rest, value: body.value };
  const bytes = body.form === "bytes"
    ? body.bytes
    : await readChunks(kv, key, body.stamp, body.parts);
  // A part is missing: it was overwritten while it was read, or has expired.
  if (bytes === null) return null;
  const decoded = await decodeBytes(bytes, body.gzip, entry.size)
    .catch((error: unknown) => {
      console.warn(`${key.text} cannot be read from the store:`, error);
      return null;
    });
  return decoded && { ...rest, value: decoded.value };
}

async function readChunks(
  kv: Deno.Kv,
  { kind, id }: CacheKey<unknown>,
  stamp: string,
  parts: number,
): Promise<Uint8Array | null> {
  const reads: Promise<Deno.KvEntryMaybe<Uint8Array>[]>[] = [];
  for (let from = 0; from < parts; from += 10) {
    const wanted = Array.from(
      { length: Math.min(10, parts - from) },
      (_, i) => keys.cacheChunk(kind.name, kind.version, id, stamp, from + i),
    );
    reads.push(kv.getMany<Uint8Array[]>(wanted));
  }
  const chunks = (await Promise.all(reads)).flat().map(({ value }) => value);
  if (chunks.some((chunk) => chunk === null)) return null;
  const whole = new Uint8Array(
    chunks.reduce((sum, chunk) => sum + chunk!.length, 0),
  );
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk!, at);
    at += chunk!.length;
  }
  return whole;
}

/**
 * Writes a value with its tag index, under the checks of whoever loaded it. Returns its size, and whether the checks
 * held.
 */
export async function writeEntry(
  kv: Deno.Kv,
  key: CacheKey<unknown>,
  value: unknown,
  freshness: Freshness,
  tags: string[],
  { stamp, now, ...change }: Change & { stamp: string; now: number },
): Promise<{ size: number; kept: boolean }> {
  const { kind, id } = key;
  const { body, chunks, size } = await encodeValue(value, stamp);
  if (size > LARGEST) return { size, kept: false };
  const expireIn = Math.max(1, freshness.graceUntil - now);
  for (let from = 0; from < chunks.length; from += CHUNKS_PER_COMMIT) {
    await commit(kv, {
      mutations: chunks.slice(from, from + CHUNKS_PER_COMMIT).map((chunk, i) =>
        set(
          keys.cacheChunk(kind.name, kind.version, id, stamp, from + i),
          chunk,
          expireIn,
        )
      ),
    });
  }
  const { createdAt, freshUntil, staleUntil, graceUntil } = freshness;
  const entry: StoredEntry = {
    createdAt,
    freshUntil,
    staleUntil,
    graceUntil,
    body,
    tags,
    size,
  };
  const stamped = await commitStamped(kv, {
    checks: change.checks,
    mutations: [
      set(entryKey(key), entry, expireIn),
      ...tags.map((tag) =>
        set(keys.cacheTagged(tag, kind.name, kind.version, id), 1, expireIn)
      ),
      ...change.mutations ?? [],
    ],
  });
  return { size, kept: stamped !== null };
}

/** Deletes an entry; a load that is under way will not be kept, since its lease goes too. */
export function forgetMutations(key: CacheKey<unknown>): Mutation[] {
  return [del(entryKey(key)), del(leaseKey(key))];
}

/** Deletes what lies under a prefix, hundreds of rows a commit. */
export async function deleteAll(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
  also: (key: Deno.KvKey) => Mutation[] = () => [],
): Promise<number> {
  let mutations: Mutation[] = [];
  let deleted = 0;
  const flush = async () => {
    await commit(kv, { mutations });
    mutations = [];
  };
  for await (const { key } of kv.list({ prefix }, { batchSize: 500 })) {
    mutations.push(del(key), ...also(key));
    deleted++;
    if (mutations.length >= 400) await flush();
  }
  if (mutations.length > 0) await flush();
  return deleted;
}

/** From now on, no load of this scope that began before is kept. */
export async function closeScope(
  kv: Deno.Kv,
  scope: string,
  stamp: string,
): Promise<void> {
  await commit(kv, { mutations: [set(keys.cacheScope(scope), stamp)] });
}

/** Names of the kinds that have entries. One row a kind is read: after each, the list goes on behind it. */
export async function storedKinds(kv: Deno.Kv): Promise<string[]> {
  const kinds: string[] = [];
  let start: Deno.KvKey = keys.cacheKind("");
  for (;;) {
    const rows = kv.list({ start, end: keys.cacheKind("\u{10FFFF}") }, {
      limit: 1,
    });
    const next = await rows.next();
    if (next.done) return kinds;
    const kind = next.value.key[1] as string;
    kinds.push(kind);
    start = keys.cacheKind(kind + "\0");
  }
}

/** @throws {RangeError} when one read could not check all of them */
export function atMost(tags: string[]) {
  if (tags.length > MOST_TAGS) {
    throw new RangeError(`A value takes at most ${MOST_TAGS} tags`);
  }
}
