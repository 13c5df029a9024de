import { type Clock, type IdMaker, SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { delay } from "../kv/mod.ts";
import { freshnessOf } from "./entry.ts";
import type { CacheKey } from "./kind.ts";
import { HeldLease, LEASE } from "./lease.ts";
import type { Item } from "./memory.ts";
import type { KindStats } from "./stats.ts";
import {
  findEntry,
  type Found,
  readForLoad,
  type Reading,
  writeEntry,
} from "./store.ts";
import type { Answer, Loader } from "./types.ts";

/** What a flight is to bring. */
export interface Fill<T> {
  key: CacheKey<T>;
  load: Loader<T>;
  ttl: number | undefined;
  tags: string[];
}

export interface FlightOptions {
  /** Before this, nothing read may be remembered. */
  ready: Promise<void>;
  kv: Deno.Kv;
  now: Clock;
  newId: IdMaker;
  stats: KindStats;
  /** Puts what was found or loaded into memory. */
  remember: (found: Found, heldUntil?: number) => void;
  storeFailed: (error: unknown) => void;
}

/** After a failed load, stale values are served for this long before another is tried. */
const HOLD = 5 * SECOND;
/** Milliseconds between two looks at what another isolate loads: longer and longer, up to this. */
const LOOK_AT_MOST = 40;

/**
 * One way of a key to its value: the store, another isolate that loads it already, or the loader. Everybody in this
 * isolate who wants the key meanwhile waits for the same flight.
 */
export class Flight<T> {
  /** What those who wait get; a stale value may come before the load has ended. */
  readonly answer: Promise<Answer<T>>;
  /** Resolves once nothing is under way any more. */
  readonly done: Promise<void>;
  /** Invalidated: answers those who wait, but is not remembered. */
  grounded = false;
  /** It failed: whoever comes now may try again. */
  failed = false;
  readonly #options: FlightOptions;
  readonly #first = Promise.withResolvers<Answer<T>>();
  readonly #end = Promise.withResolvers<void>();
  #stale: Found | undefined;
  #answered = false;

  constructor(options: FlightOptions) {
    this.#options = options;
    this.answer = this.#first.promise;
    // Where a stale value was served, nobody waits for the failure.
    this.answer.catch(() => {});
    this.done = this.#end.promise;
  }

  /** Off it goes. `item` is what memory has, stale. */
  start(fill: Fill<T>, item: Item | undefined): void {
    if (item && item.graceUntil > this.#options.now()) this.#stale = item;
    this.#run(fill)
      .catch((error) => this.#failed(error))
      .finally(() => this.#end.resolve());
  }

  async #run(fill: Fill<T>): Promise<void> {
    const { kv, now } = this.#options;
    const { kind } = fill.key;
    let waitedFor: string | undefined;
    let token: string | undefined;
    /** The lease of another, and since when it was not renewed. */
    let seen: { versionstamp: string | null; at: number } = {
      versionstamp: null,
      at: 0,
    };
    const giveUp = performance.now() + kind.hardTimeout;
    const soft = setTimeout(
      () => this.#serveStale(),
      kind.softTimeout,
    );
    try {
      await this.#options.ready;
      for (let look = 0;; look++) {
        let reading: Reading;
        try {
          // Mostly it is there, and then one get does. Whoever has to load reads the rest.
          if (look === 0) {
            const found = await findEntry(kv, fill.key, now());
            if (found && found.freshUntil > now()) {
              this.#useFound(found);
              return;
            }
          }
          reading = await readForLoad(kv, fill.key, fill.tags, now());
        } catch (error) {
          this.#options.storeFailed(error);
          return await this.#loadAlone(fill);
        }
        const { found, lease } = reading;
        if (found && this.#useFound(found)) return;
        if (lease.value?.failedAt && lease.value.token === waitedFor) {
          throw new NexoraError("internal", "Another server could not load it");
        }
        if (lease.versionstamp !== seen.versionstamp) {
          seen = { versionstamp: lease.versionstamp, at: performance.now() };
        }
        // It is renewed while its load lives; where the clock of whoever took it runs ahead, that alone tells.
        const live = lease.value !== null && lease.value.until > now() &&
          performance.now() - seen.at <= LEASE;
        // Ours all the same: the answer to the commit that took it was lost.
        const own = lease.value !== null && lease.value.token === token;
        if (own || !live) {
          token ??= this.#options.newId();
          const held = await HeldLease.take(kv, now, fill.key, reading, token);
          if (held) return await this.#loadFor(fill, held, reading);
        }
        waitedFor = lease.value?.token;
        if (performance.now() > giveUp) throw new NexoraError("timed_out");
        await delay(Math.min(LOOK_AT_MOST, 4 * 2 ** look) * jitter());
      }
    } finally {
      clearTimeout(soft);
    }
  }

  /** Takes what the store has. Returns `false` when it has to be loaded all the same. */
  #useFound(found: Found): boolean {
    const { now, stats, remember } = this.#options;
    if (found.freshUntil > now()) {
      stats.storeHits++;
      remember(found);
      this.#resolve(found, false);
      return true;
    }
    this.#stale = found;
    if (found.staleUntil > now()) {
      remember(found);
      this.#serveStale();
    }
    return false;
  }

  async #loadFor(
    { key, load, ttl, tags }: Fill<T>,
    held: HeldLease,
    { scopes }: Reading,
  ): Promise<void> {
    const { kv, now, stats, remember } = this.#options;
    let found: Found;
    try {
      found = await this.#load(key, load, ttl, tags);
    } catch (error) {
      await held.fail().catch(this.#options.storeFailed);
      throw error;
    }
    // Those who wait here need not wait for the store.
    this.#resolve(found, false);
    const check = await held.end();
    try {
      const { size, kept } = await writeEntry(
        kv,
        key,
        found.value,
        found,
        tags,
        {
          stamp: held.token,
          now: now(),
          checks: [check, ...scopes],
          mutations: [held.release],
        },
      );
      found.size = size;
      stats.bytes += size;
      if (kept) remember(found);
      else {
        stats.discarded++;
        // The commit that did not happen would have given it back.
        await held.giveBack(check);
      }
    } catch (error) {
      // The store is away, or cannot hold such a value: memory is better than nothing.
      this.#options.storeFailed(error);
      remember(found);
      await held.giveBack(check).catch(this.#options.storeFailed);
    }
  }

  /** Without a store there is neither a lease nor a second tier; the platform goes on. */
  async #loadAlone({ key, load, ttl, tags }: Fill<T>): Promise<void> {
    const found = await this.#load(key, load, ttl, tags);
    this.#options.remember(found);
    this.#resolve(found, false);
  }

  async #load(
    { kind }: CacheKey<T>,
    load: Loader<T>,
    ttl: number | undefined,
    tags: string[],
  ): Promise<Found> {
    const { now, stats } = this.#options;
    if (!this.#stale) stats.misses++;
    stats.loads++;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new NexoraError("timed_out");
        abort.abort(error);
        reject(error);
      }, kind.hardTimeout);
    });
    const began = performance.now();
    try {
      const value = await Promise.race([load(abort.signal), late]) ?? null;
      return { ...freshnessOf(kind, value, now(), ttl), value, tags, size: 0 };
    } catch (error) {
      stats.errors++;
      throw error;
    } finally {
      clearTimeout(timer);
      const took = performance.now() - began;
      stats.loadTime += took;
      stats.longestLoad = Math.max(stats.longestLoad, took);
    }
  }

  #failed(error: unknown) {
    const { now, remember } = this.#options;
    this.failed = true;
    if (this.#stale && this.#stale.graceUntil > now()) {
      console.warn("A stale value is served, loading failed:", error);
      remember(this.#stale, now() + HOLD);
      this.#serveStale();
    }
    this.#first.reject(error);
  }

  #serveStale() {
    if (this.#stale && !this.#answered) {
      this.#options.stats.stale++;
      this.#resolve(this.#stale, true);
    }
  }

  #resolve({ value, createdAt }: Found, stale: boolean) {
    this.#answered = true;
    this.#first.resolve({ value: value as T | null, createdAt, stale });
  }
}

/** 0.5–1.5 */
function jitter(): number {
  return 0.5 + Math.random();
}
