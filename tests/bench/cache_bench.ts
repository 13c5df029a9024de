/**
 * The cache against bentocache (memory; memory over KV) and plain lru-cache, and its store tier against a bare
 * `kv.get`, all in one run. Run: deno run -A tests/bench/cache_bench.ts
 */
import { BentoCache, bentostore } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";
import { LRUCache } from "lru-cache";
import { createCache, defineKind } from "../../lib/cache/mod.ts";

const dir = await Deno.makeTempDir();
const kv = await Deno.openKv(`${dir}/cache.db`);
const profile = {
  id: "u1",
  handle: "ada",
  name: "Ada Lovelace",
  bio: "I write programs for engines that do not exist yet, and notes.",
  skills: ["analysis", "typescript", "mathematics"],
  trust: 812,
  rank: "Master",
  createdAt: 1_700_000_000_000,
};
const KEYS = 1_000;
const ids = Array.from({ length: KEYS }, (_, i) => `user-${i}`);
const load = () => Promise.resolve(profile);

const keyOf = defineKind<typeof profile>({
  name: "profile",
  version: 1,
  ttl: 600_000,
});
const cacheKeys = ids.map((id) => keyOf(id));
const make = () =>
  createCache({ kv, now: Date.now, newId: () => crypto.randomUUID() });
const ours = make();

const bento = new BentoCache({
  default: "memory",
  stores: {
    memory: bentostore().useL1Layer(
      memoryDriver({ maxItems: 50_000, serialize: false }),
    ),
    serialized: bentostore().useL1Layer(memoryDriver({ maxItems: 50_000 })),
    tiered: bentostore()
      .useL1Layer(memoryDriver({ maxItems: 50_000, serialize: false }))
      .useL2Layer({ options: {}, factory: () => new KvDriver() }),
  },
});

/** bentocache has no driver for Deno KV; this is the plainest one. */
class KvDriver {
  type = "l2" as const;
  config = {};
  namespace() {
    return this;
  }
  async get(key: string) {
    return (await kv.get<string>(["bento", key])).value ?? undefined;
  }
  async set(key: string, value: string, ttl?: number) {
    await kv.set(["bento", key], value, ttl ? { expireIn: ttl } : undefined);
    return true;
  }
  async delete(key: string) {
    await kv.delete(["bento", key]);
    return true;
  }
  async pull(key: string) {
    return await this.get(key);
  }
  async clear() {}
  async deleteMany(keys: string[]) {
    await Promise.all(keys.map((key) => this.delete(key)));
    return true;
  }
  async disconnect() {}
}

const lru = new LRUCache<string, typeof profile>({ max: 50_000, ttl: 600_000 });

/** Nanoseconds a call, the best of five rounds, each awaited as a handler would. */
async function memory(
  once: (i: number) => Promise<unknown> | unknown,
): Promise<number> {
  for (let i = 0; i < KEYS; i++) await once(i);
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const N = 200_000;
    const began = performance.now();
    for (let i = 0; i < N; i++) await once(i % KEYS);
    best = Math.min(best, (performance.now() - began) / N * 1e6);
  }
  return best;
}

const tiered = bento.use("tiered");
const serialized = bento.use("serialized");
const hit: Record<string, number> = {
  "nexora getOrSet": await memory((i) => ours.getOrSet(cacheKeys[i]!, load)),
  "nexora getOrSet, key made": await memory((i) =>
    ours.getOrSet(keyOf(ids[i]!), load)
  ),
  "bentocache memory": await memory((i) =>
    bento.getOrSet({ key: ids[i]!, factory: load, ttl: 600_000 })
  ),
  "bentocache memory, serialized (default)": await memory((i) =>
    serialized.getOrSet({ key: ids[i]!, factory: load, ttl: 600_000 })
  ),
  "bentocache memory over KV": await memory((i) =>
    tiered.getOrSet({ key: ids[i]!, factory: load, ttl: 600_000 })
  ),
  "lru-cache get": await memory((i) =>
    lru.get(ids[i]!) ?? lru.set(ids[i]!, profile)
  ),
};
console.log("A hit in memory");
console.table(
  Object.entries(hit).map(([what, ns]) => ({
    what,
    "ns a call": Math.round(ns),
    "× nexora": +(ns / hit["nexora getOrSet"]!).toFixed(2),
  })),
);

/** Milliseconds, sorted. */
async function samples(n: number, once: (i: number) => Promise<unknown>) {
  const times: number[] = [];
  for (let i = 0; i < n; i++) {
    const began = performance.now();
    await once(i);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}
const row = (what: string, times: number[]) => ({
  what,
  "p50 ms": +times[times.length >> 1]!.toFixed(3),
  "p99 ms": +times[Math.floor(times.length * 0.99)]!.toFixed(3),
});

await ours.idle();
for (const id of ids) await kv.set(["bare", id], profile);
// A new isolate: nothing in memory, everything in the store. Each key is asked for once.
const cold = make();
await cold.get(keyOf("warm-up"));
const coldToo = make();
await coldToo.get(keyOf("warm-up"));
const coldBento = new BentoCache({
  default: "tiered",
  stores: {
    tiered: bentostore()
      .useL1Layer(memoryDriver({ maxItems: 50_000 }))
      .useL2Layer({ options: {}, factory: () => new KvDriver() }),
  },
});
console.log("A hit in the store");
console.table([
  row(
    "bare kv.get",
    await samples(KEYS, (i) => kv.get(["bare", ids[i]!])),
  ),
  row("nexora get", await samples(KEYS, (i) => cold.get(cacheKeys[i]!))),
  row(
    "nexora getOrSet",
    await samples(KEYS, (i) => coldToo.getOrSet(cacheKeys[i]!, load)),
  ),
  row(
    "bentocache getOrSet",
    await samples(
      KEYS,
      (i) => coldBento.getOrSet({ key: ids[i]!, factory: load, ttl: 600_000 }),
    ),
  ),
]);

// From the call of `delete` in one isolate until another has forgotten.
const until: number[] = [];
for (let i = 0; i < 200; i++) {
  const key = cacheKeys[i]!;
  const began = performance.now();
  await ours.delete(key);
  while (await cold.get(key) !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  until.push(performance.now() - began);
}
console.log("An invalidation until another isolate sees it");
console.table([row("delete", until.sort((a, b) => a - b))]);

let calls = 0;
const caches = Array.from({ length: 5 }, make);
const began = performance.now();
await Promise.all(
  Array.from(
    { length: 10_000 },
    (_, i) =>
      caches[i % 5]!.getOrSet(keyOf("stampede"), async () => {
        calls++;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return profile;
      }),
  ),
);
console.log(
  `10,000 misses at once in 5 caches, a loader of 20 ms: ${calls} call, ${
    (performance.now() - began).toFixed(0)
  } ms`,
);
Deno.exit(0);
