import { MINUTE, SECOND } from "../clock.ts";
import { inTurn } from "../kv/turns.ts";
import {
  commit,
  type Doorbell,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
  watchKey,
} from "../kv/mod.ts";

/** What isolates have to forget. */
export interface Gone {
  /** `text` of keys. */
  texts?: string[];
  tags?: string[];
  kinds?: string[];
  all?: true;
}

interface GoneRow extends Gone {
  by: string;
}

export interface InvalidationOptions {
  kv: Deno.Kv;
  watchKv?: Deno.Kv;
  /** This isolate. */
  id: string;
  forget: (gone: Gone) => void;
}

/** An isolate that was away for longer forgets everything. */
const GONE_KEPT = 5 * MINUTE;
/** A bell that was missed is made good within this time. */
const POLL = 5 * SECOND;

/**
 * Tells every isolate what to forget. Invalidations are numbered by the commit that makes them, so an isolate that
 * reads from its cursor misses none; the watched row is only the bell.
 */
export class Invalidation {
  #options: InvalidationOptions;
  /** The number up to which this isolate has forgotten; `undefined` until the first look. */
  #cursor: number | undefined;
  /** A look has failed: something may have been remembered without knowing where the invalidations stood. */
  #blind = false;
  #reading: Promise<void> | undefined;
  #again = false;
  /** Resolves after the first look, whether or not the store answered: before it, nothing is to be remembered. */
  readonly ready: Promise<void>;
  #bell: Doorbell;
  #poll: ReturnType<typeof setInterval>;

  constructor(options: InvalidationOptions) {
    this.#options = options;
    this.#bell = watchKey({
      key: keys.cacheBell(),
      watchKv: options.watchKv ?? options.kv,
      ring: () => this.#look(),
    });
    this.ready = this.#look();
    this.#poll = setInterval(() => this.#look(), POLL);
    Deno.unrefTimer(this.#poll);
  }

  /** Commits `mutations` together with the word to all isolates. */
  async publish(gone: Gone, mutations: Mutation[] = []): Promise<void> {
    const { kv, id } = this.#options;
    const bell = keys.cacheBell();
    await inTurn("cache invalidation", () =>
      retryConflicts(async () => {
        const head = await kv.get<number>(bell);
        const seq = (head.value ?? 0) + 1;
        const row: GoneRow = { ...gone, by: id };
        const committed = await commit(kv, {
          checks: [unchanged(head)],
          mutations: [
            ...mutations,
            set(bell, seq),
            set(keys.cacheGone(seq), row, GONE_KEPT),
          ],
        });
        return committed ? seq : null;
      }, 64));
    this.#options.forget(gone);
  }

  async close(): Promise<void> {
    clearInterval(this.#poll);
    await this.#bell.stop();
    await this.#reading;
  }

  #look(): Promise<void> {
    this.#again = true;
    return this.#reading ??= this.#read().finally(() =>
      this.#reading = undefined
    );
  }

  async #read() {
    while (this.#again) {
      this.#again = false;
      try {
        await this.#catchUp();
      } catch {
        // The store is away. The bell or the poll comes back to it.
        this.#blind = true;
      }
    }
  }

  async #catchUp() {
    const { kv, id, forget } = this.#options;
    const head = (await kv.get<number>(keys.cacheBell())).value ?? 0;
    if (this.#cursor === undefined) {
      // Only where the store was away at first is there anything to forget.
      if (this.#blind) forget({ all: true });
      this.#cursor = head;
      return;
    }
    if (head === this.#cursor) return;
    let expected = this.#cursor + 1;
    const rows = kv.list<GoneRow>({
      start: keys.cacheGone(expected),
      end: keys.cacheGone(head + 1),
    }, { batchSize: 200 });
    for await (const { key, value } of rows) {
      if (key[1] !== expected) break;
      if (value.by !== id) forget(value);
      expected++;
    }
    // A hole: rows have expired while this isolate was away, or the store was emptied.
    if (expected !== head + 1) forget({ all: true });
    this.#cursor = head;
  }
}
