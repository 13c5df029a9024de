import { assert, assertEquals, equal } from "@std/assert";
import { DAY, HOUR, MINUTE, SECOND } from "../../../lib/clock.ts";
import {
  guildProfileKey,
  insightsKey,
  leaderboardKey,
  trendingKey,
  userProfileKey,
} from "../../../lib/cache/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { cacheWorld, countingLoader, testKind } from "./world.ts";

const keyOf = testKind();

Deno.test("kinds are kept for as long as the platform says", () => {
  assertEquals(insightsKey("advisor", "u").kind.ttl, 24 * HOUR);
  assertEquals(trendingKey("all").kind.ttl, HOUR);
  assertEquals(userProfileKey("u").kind.ttl, 5 * MINUTE);
  assertEquals(guildProfileKey("g").kind.ttl, 5 * MINUTE);
  assertEquals(leaderboardKey("guilds", "week").kind.ttl, 30 * MINUTE);
});

Deno.test("different parts make different keys", () => {
  assert(keyOf("a", "bc").text !== keyOf("ab", "c").text);
  assert(keyOf("a", "b").text !== keyOf("ab").text);
});

Deno.test("a value is loaded once, then comes from memory, or from the store", async () => {
  await using world = await cacheWorld();
  const cache = world.cache();
  const load = countingLoader((n) => `value ${n}`);
  assertEquals(await cache.get(keyOf("a")), undefined);
  assertEquals(await cache.getOrSet(keyOf("a"), load), "value 1");
  await cache.idle();
  assertEquals(await cache.getOrSet(keyOf("a"), load), "value 1");
  assertEquals(await cache.get(keyOf("a")), "value 1");
  const other = world.cache();
  assertEquals(await other.getOrSet(keyOf("a"), load), "value 1");
  assertEquals(load.calls, 1);
  const { memoryHits, storeHits, misses, loads } = cache.stats().kinds.test!;
  assertEquals([memoryHits, storeHits, misses, loads], [2, 0, 2, 1]);
  assertEquals(other.stats().kinds.test!.storeHits, 1);
});

Deno.test("any structured value comes back as it was, small, large, or larger than a row", async () => {
  await using world = await cacheWorld();
  const any = testKind<unknown>();
  const random = crypto.getRandomValues(new Uint8Array(60_000));
  const values: Record<string, unknown> = {
    small: {
      at: new Date(0),
      tags: new Set(["a"]),
      n: 10n,
      bytes: new Uint8Array(2),
    },
    text: "ж".repeat(20_000),
    rows: Array.from({ length: 20_000 }, (_, i) => ({ i, name: `row ${i}` })),
    incompressible: [
      random,
      random.slice().reverse(),
      random.slice(1),
      random.slice(2),
    ],
    none: null,
  };
  const writer = world.cache();
  for (const [name, value] of Object.entries(values)) {
    await writer.getOrSet(any(name), () => Promise.resolve(value));
  }
  await writer.idle();
  const reader = world.cache();
  for (const [name, value] of Object.entries(values)) {
    const found = await reader.get(any(name));
    assert(equal(found, value), `${name} came back as ${typeof found}`);
  }
  assertEquals(reader.stats().kinds.test!.storeHits, 5);
  await writer.clear();
  for await (const { key } of world.kv.list({ prefix: [] })) {
    assert(!["cache", "cacheChunk"].includes(key[0] as string), String(key));
  }
});

Deno.test("ten thousand at once, in five isolates, load once", async () => {
  await using world = await cacheWorld();
  const caches = Array.from({ length: 5 }, () => world.cache());
  const load = countingLoader((n) => `value ${n}`, true);
  const asked = Array.from(
    { length: 10_000 },
    (_, i) => caches[i % 5]!.getOrSet(keyOf("hot"), load),
  );
  await waitFor(() => load.calls === 1, { what: "the load" });
  load.open();
  assertEquals(new Set(await Promise.all(asked)), new Set(["value 1"]));
  assertEquals(load.calls, 1);
});

Deno.test("the lease of a loader that crashed passes on", async () => {
  await using world = await cacheWorld();
  // A process that died has left its lease and will never write.
  await world.kv.set(["cacheLease", "test", 1, "a"], {
    token: "dead",
    until: world.clock.now() + 3 * SECOND,
  });
  const cache = world.cache();
  const load = countingLoader((n) => `value ${n}`);
  const asked = cache.getOrSet(keyOf("a"), load);
  // Nobody loads while the lease lasts.
  assertEquals(await cache.get(keyOf("a")), undefined);
  assertEquals(load.calls, 0);
  world.clock.advance(3 * SECOND);
  assertEquals(await asked, "value 1");
});

Deno.test("what one isolate changes, all others forget", async () => {
  await using world = await cacheWorld();
  const [a, b] = [world.cache(), world.cache()];
  const load = countingLoader((n) => `loaded ${n}`);
  await a.getOrSet(keyOf("a"), load, { tags: ["guild:1"] });
  await b.getOrSet(keyOf("a"), load, { tags: ["guild:1"] });

  await a.set(keyOf("a"), "set", { tags: ["guild:1"] });
  assertEquals(await a.getOrSet(keyOf("a"), load), "set");
  await waitFor(async () => await b.get(keyOf("a")) === "set", {
    what: "the other isolate to see the new value",
  });

  await b.delete(keyOf("a"));
  assertEquals(await b.get(keyOf("a")), undefined);
  await waitFor(async () => await a.get(keyOf("a")) === undefined, {
    what: "the other isolate to see that it is gone",
  });

  await a.getOrSet(keyOf("a"), load, { tags: ["guild:1", "user:1"] });
  await a.getOrSet(keyOf("b"), load, { tags: ["guild:1"] });
  await a.getOrSet(keyOf("c"), load, { tags: ["guild:2"] });
  for (const id of ["a", "b", "c"]) await b.getOrSet(keyOf(id), load);
  await b.deleteByTag("guild:1");
  await waitFor(
    async () =>
      await a.get(keyOf("a")) === undefined &&
      await a.get(keyOf("b")) === undefined,
    { what: "tagged values to be gone" },
  );
  assertEquals(await b.get(keyOf("a")), undefined);
  assertEquals(await a.get(keyOf("c")), "loaded 4");

  await a.clear("other");
  assertEquals(await b.get(keyOf("c")), "loaded 4");
  await a.clear("test");
  await waitFor(async () => await b.get(keyOf("c")) === undefined, {
    what: "the kind to be gone",
  });
});

Deno.test("a load that began before an invalidation answers, but is not kept", async () => {
  for (const invalidate of ["delete", "tag", "kind", "all", "set"] as const) {
    await using world = await cacheWorld();
    const [a, b] = [world.cache(), world.cache()];
    const load = countingLoader((n) => `load ${n}`, true);
    const asked = a.getOrSet(keyOf("a"), load, { tags: ["t"] });
    await waitFor(() => load.calls === 1, { what: "the load" });
    if (invalidate === "delete") await b.delete(keyOf("a"));
    else if (invalidate === "tag") await b.deleteByTag("t");
    else if (invalidate === "kind") await b.clear("test");
    else if (invalidate === "all") {
      // Somebody else's cache does not know this kind from its own statistics.
      await b.set(keyOf("x"), "x");
      await b.clear();
    } else await b.set(keyOf("a"), "set");
    load.open();
    assertEquals(await asked, "load 1");
    await a.idle();
    assertEquals(a.stats().kinds.test!.discarded, 1, invalidate);
    const expected = invalidate === "set" ? "set" : undefined;
    assertEquals(await b.get(keyOf("a")), expected, invalidate);
    assertEquals(await a.get(keyOf("a")), expected, invalidate);
  }
});

Deno.test("values of an older type are never served", async () => {
  await using world = await cacheWorld();
  const cache = world.cache();
  const [v1, v2] = [testKind({ version: 1 }), testKind({ version: 2 })];
  await cache.getOrSet(v1("a"), () => Promise.resolve("old shape"));
  assertEquals(await cache.get(v2("a")), undefined);
  assertEquals(
    await cache.getOrSet(v2("a"), () => Promise.resolve("new shape")),
    "new shape",
  );
  assertEquals(await cache.get(v1("a")), "old shape");
});

Deno.test("a row that outlives its time is not served", async () => {
  await using world = await cacheWorld();
  const cache = world.cache();
  await cache.getOrSet(keyOf("a"), () => Promise.resolve("old"));
  await cache.idle();
  // The store itself deletes it in real time, which has not passed.
  world.clock.advance(DAY);
  const other = world.cache();
  assertEquals(await other.get(keyOf("a")), undefined);
  assertEquals(
    await other.getOrSet(keyOf("a"), () => Promise.resolve("new")),
    "new",
  );
});

Deno.test("memory is bounded; what falls out is still in the store", async () => {
  await using world = await cacheWorld();
  const cache = world.cache({ maxBytes: 100_000, maxEntries: 1_000 });
  for (let i = 0; i < 100; i++) {
    await cache.getOrSet(
      keyOf(`${i}`),
      () => Promise.resolve("x".repeat(3_000)),
    );
  }
  const { entries, bytes } = cache.stats().memory;
  assert(
    bytes <= 100_000 && entries < 40,
    `${entries} entries, ${bytes} bytes`,
  );
  const load = countingLoader(() => "again");
  assertEquals((await cache.getOrSet(keyOf("0"), load))!.length, 3_000);
  assertEquals(load.calls, 0);
});

Deno.test("without a store the loaders are asked, and memory serves", async () => {
  await using world = await cacheWorld();
  const cache = world.cache({
    kv: {
      get: () => Promise.reject(new Error("away")),
      getMany: () => Promise.reject(new Error("away")),
      watch: () => new ReadableStream(),
    } as unknown as Deno.Kv,
  });
  const load = countingLoader((n) => `value ${n}`);
  assertEquals(await cache.getOrSet(keyOf("a"), load), "value 1");
  assertEquals(await cache.getOrSet(keyOf("a"), load), "value 1");
  assertEquals(await cache.get(keyOf("b")), undefined);
  assertEquals(load.calls, 1);
  assert(cache.stats().storeErrors >= 2);
});
