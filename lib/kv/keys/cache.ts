/** Keys of cache. */
type Key = Deno.KvKey;

export const cacheEntry = (
  kind: string,
  version: number,
  id: string,
): Key => ["cache", kind, version, id];
export const cacheKind = (kind: string): Key => ["cache", kind];
/** A part of a value that does not fit into one row. `stamp` names the write, so that two writes never mix. */
export const cacheChunk = (
  kind: string,
  version: number,
  id: string,
  stamp: string,
  part: number,
): Key => ["cacheChunk", kind, version, id, stamp, part];
export const cacheChunks = (
  kind: string,
  version: number,
  id: string,
): Key => ["cacheChunk", kind, version, id];
export const cacheChunksOfKind = (kind: string): Key => ["cacheChunk", kind];
/** Held by the one isolate that loads a value. */
export const cacheLease = (
  kind: string,
  version: number,
  id: string,
): Key => ["cacheLease", kind, version, id];
/** Changes when everything of a scope (`tag:…`, `kind:…`) is invalidated: a load that began before is not kept. */
export const cacheScope = (scope: string): Key => ["cacheScope", scope];
/** Index of the entries that carry a tag. */
export const cacheTagged = (
  tag: string,
  kind: string,
  version: number,
  id: string,
): Key => ["cacheTagged", tag, kind, version, id];
export const cacheTaggedWith = (tag: string): Key => ["cacheTagged", tag];
/** What isolates have to forget, numbered without a gap; `cacheBell` holds the newest number and is watched. */
export const cacheGone = (seq: number): Key => ["cacheGone", seq];
export const cacheBell = (): Key => ["cacheBell"];
