import { NexoraError } from "../errors.ts";
import { CACHE_KINDS } from "./keys.ts";
import { keyIn } from "./kind.ts";
import { type CacheSample, type KindStats, newStats } from "./stats.ts";
import type { Cache } from "./types.ts";

/** A kind with how it is doing, for the admin page. */
export interface KindOverview extends KindStats {
  name: string;
  version: number;
  /** Milliseconds. */
  ttl: number;
  memoryBytes: number;
}

export interface CacheOverview {
  memory: { entries: number; bytes: number };
  storeErrors: number;
  kinds: KindOverview[];
  history: readonly CacheSample[];
}

/** What to purge: everything of a kind, everything with a tag, one key, or all there is. */
export type Purge =
  | { what: "kind"; kind: string }
  | { what: "tag"; tag: string }
  | { what: "key"; kind: string; parts: string[] }
  | { what: "all" };

/** Counts of this isolate, for every kind that the platform knows or has used. */
export function readCache(cache: Cache): CacheOverview {
  const { memory, kinds, storeErrors } = cache.stats();
  const known = new Map(CACHE_KINDS.map((kind) => [kind.name, kind]));
  const names = new Set([...known.keys(), ...Object.keys(kinds)]);
  return {
    memory,
    storeErrors,
    history: cache.history(),
    kinds: [...names].map((name) => ({
      ...newStats(),
      memoryBytes: 0,
      ...kinds[name],
      name,
      version: known.get(name)?.version ?? 0,
      ttl: known.get(name)?.ttl ?? 0,
    })),
  };
}

/** Forgets values in all isolates. @throws {NexoraError} `bad_request` for a kind that is not there */
export async function purgeCache(cache: Cache, purge: Purge): Promise<void> {
  switch (purge.what) {
    case "all":
      return await cache.clear();
    case "tag":
      return await cache.deleteByTag(purge.tag);
    case "kind":
      return await cache.clear(known(cache, purge.kind));
    case "key": {
      const kind = CACHE_KINDS.find(({ name }) => name === purge.kind);
      if (!kind) throw unknown();
      return await cache.delete(keyIn(kind, purge.parts));
    }
  }
}

function known(cache: Cache, name: string): string {
  const there = CACHE_KINDS.some((kind) => kind.name === name) ||
    name in cache.stats().kinds;
  if (!there) throw unknown();
  return name;
}

const unknown = () =>
  new NexoraError("bad_request", undefined, {
    fields: { kind: "There is no such kind" },
  });
