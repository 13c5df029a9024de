import type { CacheKey } from "./kind.ts";
import type { CacheSample, CacheStats } from "./stats.ts";

/** Makes a value. `null` means that there is none, which is remembered too, but not for long. */
export type Loader<T> = (signal: AbortSignal) => Promise<T | null>;

export interface KeepOptions {
  /** Milliseconds, instead of the kind's. */
  ttl?: number;
  /** For `deleteByTag`; at most 7. */
  tags?: string[];
}

/** A value and how it stands with it. */
export interface Answer<T> {
  value: T | null;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Its time is over and a new one is being loaded, or could not be: say so when it is shown. */
  stale: boolean;
}

/** Values are shared by all who read them: treat them as constants. */
export interface Cache {
  /** A value that is fresh; `undefined` when there is none here, `null` when it is known that there is none at all. */
  get<T>(key: CacheKey<T>): Promise<T | null | undefined>;
  /**
   * A value, loaded by one isolate when nobody has it. Stale for a while it is served at once and loaded anew behind
   * the reader's back; stale for longer it is served when the loader fails or is slow.
   *
   * @throws {NexoraError} `timed_out`, or what the loader threw, when there is nothing to serve instead
   */
  getOrSet<T>(
    key: CacheKey<T>,
    load: Loader<T>,
    options?: KeepOptions,
  ): Promise<T | null>;
  /** As `getOrSet`, and tells how old the value is. */
  answer<T>(
    key: CacheKey<T>,
    load: Loader<T>,
    options?: KeepOptions,
  ): Promise<Answer<T>>;
  /** Keeps a value that somebody has; all isolates forget what they had. */
  set<T>(
    key: CacheKey<T>,
    value: T | null,
    options?: KeepOptions,
  ): Promise<void>;
  /** Deletes values in all isolates; loads that are under way are not kept. */
  delete(...keys: CacheKey<unknown>[]): Promise<void>;
  /** Deletes every value that was kept with this tag. */
  deleteByTag(tag: string): Promise<void>;
  /** Deletes the values of a kind, or everything. */
  clear(kind?: string): Promise<void>;
  stats(): CacheStats;
  /** Totals of this isolate over time, oldest first, at most the last hour. */
  history(): readonly CacheSample[];
  /** Resolves once nothing is being loaded or written here: answers come before their values are kept. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
