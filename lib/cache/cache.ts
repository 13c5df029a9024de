import { type Clock, type IdMaker, SECOND } from "../clock.ts";
import { freshnessOf } from "./entry.ts";
import { type Fill, Flight } from "./flight.ts";
import { type Gone, Invalidation } from "./invalidation.ts";
import type { CacheKey } from "./kind.ts";
import { type Item, Memory, type MemoryOptions } from "./memory.ts";
import { purgeKeys, purgeKinds, purgeTag } from "./purge.ts";
import {
  type CacheSample,
  type CacheStats,
  type KindStats,
  newStats,
  StatsHistory,
} from "./stats.ts";
import {
  atMost,
  findEntry,
  forgetMutations,
  type Found,
  leaseKey,
  storedKinds,
  writeEntry,
} from "./store.ts";
import type { Answer, Cache, KeepOptions, Loader } from "./types.ts";

export interface CacheOptions extends Partial<MemoryOptions> {
  kv: Deno.Kv;
  /** A second handle of the same store for the watch, where the store is remote. */
  watchKv?: Deno.Kv;
  now: Clock;
  newId: IdMaker;
}

/** Makes a cache of two tiers: this isolate's memory (32 MiB unless told) over the store. One an isolate. */
export function createCache(options: CacheOptions): Cache {
  return new TieredCache(options);
}

class TieredCache implements Cache {
  readonly #options: CacheOptions;
  readonly #now: Clock;
  readonly #memory: Memory;
  /** Flights that others may join. */
  readonly #flights = new Map<string, Flight<unknown>>();
  /** All flights, those that were grounded too. */
  readonly #aloft = new Set<Flight<unknown>>();
  readonly #stats = new Map<string, KindStats>();
  readonly #history = new StatsHistory();
  readonly #invalidation: Invalidation;
  #storeErrors = 0;
  #quietUntil = 0;

  constructor(options: CacheOptions) {
    this.#options = options;
    this.#now = options.now;
    this.#memory = new Memory({
      maxBytes: options.maxBytes ?? 32 << 20,
      maxEntries: options.maxEntries ?? 50_000,
    });
    this.#invalidation = new Invalidation({
      kv: options.kv,
      watchKv: options.watchKv,
      id: options.newId(),
      forget: (gone) => this.#forget(gone),
    });
  }

  getOrSet<T>(
    key: CacheKey<T>,
    load: Loader<T>,
    options?: KeepOptions,
  ): Promise<T | null> {
    // The hot path: no `async`, no allocation but the promise.
    const item = this.#memory.get(key.text);
    if (item !== undefined && item.freshUntil > this.#now()) {
      item.stats.memoryHits++;
      return Promise.resolve(item.value as T | null);
    }
    return this.#slow(key, load, options, item).then(({ value }) => value);
  }

  answer<T>(
    key: CacheKey<T>,
    load: Loader<T>,
    options?: KeepOptions,
  ): Promise<Answer<T>> {
    const item = this.#memory.get(key.text);
    if (item !== undefined && item.freshUntil > this.#now()) {
      item.stats.memoryHits++;
      const { value, createdAt } = item;
      return Promise.resolve({
        value: value as T | null,
        createdAt,
        stale: false,
      });
    }
    return this.#slow(key, load, options, item);
  }

  async get<T>(key: CacheKey<T>): Promise<T | null | undefined> {
    const item = this.#memory.get(key.text);
    const stats = this.#statsOf(key);
    if (item && item.freshUntil > this.#now()) {
      stats.memoryHits++;
      return item.value as T | null;
    }
    await this.#invalidation.ready;
    const remember = this.#rememberer(key);
    let found: Found | null = null;
    try {
      found = await findEntry(this.#options.kv, key, this.#now());
    } catch (error) {
      this.#storeFailed(error);
    }
    if (found && found.freshUntil > this.#now()) {
      stats.storeHits++;
      remember(found);
      return found.value as T | null;
    }
    stats.misses++;
    return undefined;
  }

  async set<T>(
    key: CacheKey<T>,
    value: T | null,
    { ttl, tags = [] }: KeepOptions = {},
  ): Promise<void> {
    atMost(tags);
    const { kv, newId } = this.#options;
    const now = this.#now();
    const freshness = freshnessOf(key.kind, value, now, ttl);
    const { kept } = await writeEntry(kv, key, value, freshness, tags, {
      stamp: newId(),
      now,
      // Whoever loads it now would bring an older value.
      mutations: [{ type: "delete", key: leaseKey(key) }],
    });
    await this.#invalidation.publish(
      { texts: [key.text] },
      kept ? [] : forgetMutations(key),
    );
    // Not put into memory here: somebody may have deleted it since the commit. The next reader finds it in the store.
  }

  delete(...gone: CacheKey<unknown>[]): Promise<void> {
    return purgeKeys(this.#options, this.#invalidation, gone);
  }

  deleteByTag(tag: string): Promise<void> {
    return purgeTag(this.#options, this.#invalidation, tag);
  }

  async clear(kind?: string): Promise<void> {
    if (kind !== undefined) {
      await purgeKinds(this.#options, this.#invalidation, [kind]);
      return;
    }
    // What is being loaded has no entry yet: what this isolate knows of counts too.
    const stored = await storedKinds(this.#options.kv);
    const kinds = new Set([...this.#stats.keys(), ...stored]);
    await purgeKinds(this.#options, this.#invalidation, [...kinds]);
  }

  history(): readonly CacheSample[] {
    this.#history.note(this.#stats.values(), this.#now());
    return this.#history.samples;
  }

  stats(): CacheStats {
    this.#history.note(this.#stats.values(), this.#now());
    const bytes = this.#memory.bytesByKind();
    return {
      memory: { entries: this.#memory.entries, bytes: this.#memory.bytes },
      kinds: Object.fromEntries(
        [...this.#stats].map(([kind, counts]) => [
          kind,
          { ...counts, memoryBytes: bytes.get(kind) ?? 0 },
        ]),
      ),
      storeErrors: this.#storeErrors,
    };
  }

  async close(): Promise<void> {
    await this.#invalidation.close();
    await this.idle();
  }

  async idle(): Promise<void> {
    while (this.#aloft.size > 0) {
      await Promise.all([...this.#aloft].map((flight) => flight.done));
    }
  }

  async #slow<T>(
    key: CacheKey<T>,
    load: Loader<T>,
    options: KeepOptions = {},
    item: Item | undefined,
  ): Promise<Answer<T>> {
    const now = this.#now();
    this.#history.note(this.#stats.values(), now);
    if (item && (item.staleUntil > now || item.heldUntil > now)) {
      item.stats.stale++;
      if (item.heldUntil <= now) this.#fly(key, load, options, item);
      const { value, createdAt } = item;
      return { value: value as T | null, createdAt, stale: true };
    }
    return await this.#fly(key, load, options, item).answer;
  }

  /** The one load of a key that this isolate has under way. */
  #fly<T>(
    key: CacheKey<T>,
    load: Loader<T>,
    { ttl, tags = [] }: KeepOptions,
    item: Item | undefined,
  ): Flight<T> {
    const under = this.#flights.get(key.text);
    if (under && !under.failed) return under as Flight<T>;
    atMost(tags);
    const { kv, now, newId } = this.#options;
    const fill: Fill<T> = { key, load, ttl, tags };
    const flight = new Flight<T>({
      ready: this.#invalidation.ready,
      kv,
      now,
      newId,
      stats: this.#statsOf(key),
      storeFailed: (error) => this.#storeFailed(error),
      remember: (found, heldUntil) => {
        // Invalidated meanwhile: it may be older than the invalidation.
        if (flight.grounded) return;
        this.#put(key, found, heldUntil);
      },
    });
    this.#flights.set(key.text, flight as Flight<unknown>);
    this.#aloft.add(flight as Flight<unknown>);
    flight.done.finally(() => {
      this.#aloft.delete(flight as Flight<unknown>);
      if (this.#flights.get(key.text) === flight as Flight<unknown>) {
        this.#flights.delete(key.text);
      }
    });
    flight.start(fill, item);
    return flight;
  }

  #put(key: CacheKey<unknown>, found: Found, heldUntil = 0) {
    const { createdAt, freshUntil, staleUntil, graceUntil } = found;
    const { value, tags, size } = found;
    this.#memory.put(key.text, {
      createdAt,
      freshUntil,
      staleUntil,
      graceUntil,
      value,
      tags,
      size,
      kind: key.kind.name,
      stats: this.#statsOf(key),
      heldUntil,
    });
  }

  #forgotten = 0;

  /** Keeps a value, unless anything was invalidated since this was called. */
  #rememberer(key: CacheKey<unknown>): (found: Found) => void {
    const before = this.#forgotten;
    return (found) => {
      if (this.#forgotten === before) this.#put(key, found);
    };
  }

  #forget({ texts = [], tags = [], kinds = [], all }: Gone) {
    this.#forgotten++;
    for (const text of texts) {
      this.#memory.delete(text);
      this.#ground(text);
    }
    for (const tag of tags) this.#memory.deleteTag(tag);
    for (const kind of kinds) this.#memory.deleteKind(kind);
    if (all) this.#memory.clear();
    // Which tags a value under way has is not always known: none of them is remembered.
    if (all || tags.length > 0 || kinds.length > 0) {
      for (const text of [...this.#flights.keys()]) this.#ground(text);
    }
  }

  /** A load that began before an invalidation answers those who wait for it, and nobody after them. */
  #ground(text: string) {
    const flight = this.#flights.get(text);
    if (!flight) return;
    flight.grounded = true;
    this.#flights.delete(text);
  }

  /** Counted each time, told now and then: during an outage every read fails. */
  #storeFailed(error: unknown) {
    this.#storeErrors++;
    if (this.#now() < this.#quietUntil) return;
    this.#quietUntil = this.#now() + 10 * SECOND;
    console.warn("The cache could not use the store:", error);
  }

  #statsOf({ kind }: CacheKey<unknown>): KindStats {
    let stats = this.#stats.get(kind.name);
    if (!stats) this.#stats.set(kind.name, stats = newStats());
    return stats;
  }
}
