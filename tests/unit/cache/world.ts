import { MINUTE } from "../../../lib/clock.ts";
import {
  type Cache,
  type CacheOptions,
  createCache,
  defineKind,
  type KindOptions,
} from "../../../lib/cache/mod.ts";
import { countingIds, fakeClock } from "../../support/clock.ts";

/** One store, a clock, and as many isolates' caches as a test wants. */
export async function cacheWorld() {
  const kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  const caches: Cache[] = [];
  return {
    kv,
    clock,
    cache(options: Partial<CacheOptions> = {}) {
      const cache = createCache({
        kv,
        now: clock.now,
        newId: countingIds(`C${caches.length}`),
        ...options,
      });
      caches.push(cache);
      return cache;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(caches.map((cache) => cache.close()));
      kv.close();
    },
  };
}

/** Fresh for 10 min, served stale for 5 more, in grace for 40. */
export function testKind<T = string>(given: Partial<KindOptions> = {}) {
  return defineKind<T>({
    name: "test",
    version: 1,
    ttl: 10 * MINUTE,
    jitter: 0,
    ...given,
  });
}

/** A loader that counts (a getter, which `Object.assign` would read once), and waits for `open` when `gated`. */
export function countingLoader<T>(
  value: (n: number) => T | null,
  gated = false,
) {
  let gate = Promise.withResolvers<void>();
  let calls = 0;
  const load = async (): Promise<T | null> => {
    const n = ++calls;
    if (gated) await gate.promise;
    return value(n);
  };
  return Object.defineProperties(
    load,
    Object.getOwnPropertyDescriptors({
      get calls() {
        return calls;
      },
      open() {
        gate.resolve();
        gate = Promise.withResolvers();
      },
    }),
  ) as typeof load & { readonly calls: number; open(): void };
}
