/**
 * A process with a cache, for tests of several processes on one store: asks `N` times at once for one key, with a
 * loader that counts its calls at `COUNTER` (an HTTP address, which answers with the value when it likes).
 *
 *     deno run -A tests/support/cache_worker.ts STORE COUNTER N
 */
import { createCache, defineKind } from "../../lib/cache/mod.ts";
import { openStore } from "../../lib/kv/mod.ts";

const [path, counter, n] = Deno.args as [string, string, string];
const store = await openStore(path);
const cache = createCache({
  kv: store.kv,
  watchKv: store.watchKv,
  now: Date.now,
  newId: () => crypto.randomUUID(),
});
const keyOf = defineKind<string>({ name: "shared", version: 1, ttl: 60_000 });
const load = async () => await (await fetch(counter)).text();

// All processes begin together.
console.log("ready");
await fetch(`${counter}/start`).then((response) => response.text());
const values = await Promise.all(
  Array.from({ length: Number(n) }, () => cache.getOrSet(keyOf("hot"), load)),
);
console.log(`values ${[...new Set(values)].join(",")}`);
// Tells what becomes of the value, until it is ended.
for (;;) {
  const value = await cache.get(keyOf("hot"));
  console.log(`now ${value}`);
  await new Promise((resolve) => setTimeout(resolve, 10));
}
