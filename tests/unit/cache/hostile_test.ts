/** Loaders that misbehave, and rows that are not as they were written: never a wrong value, never an unhandled rejection. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { cacheWorld, countingLoader, testKind } from "./world.ts";

const keyOf = testKind<unknown>();
const bytesOf = testKind<Uint8Array>();

/** Does not compress, so it fills several rows; all of it tells its number. */
function large(n: number, size = 300_000): Uint8Array {
  const bytes = new Uint8Array(size);
  let x = n + 1;
  for (let i = 0; i < size; i++) {
    x = Math.imul(x, 1_103_515_245) + 12_345;
    bytes[i] = x >>> 16;
  }
  return bytes;
}

/** Rows of a key's value that lie apart from its entry. */
async function chunks(kv: Deno.Kv, id: string) {
  const { name, version } = keyOf.kind;
  return await Array.fromAsync(
    kv.list<Uint8Array>({ prefix: keys.cacheChunks(name, version, id) }),
  );
}

Deno.test("a value of which a part is missing or spoilt is loaded anew, and lies whole in the store again", async () => {
  const text = Array.from(large(1)).join(" ");
  const spoilt = [
    (kv: Deno.Kv, key: Deno.KvKey) => kv.delete(key),
    (kv: Deno.Kv, key: Deno.KvKey) => kv.set(key, new Uint8Array(60_000)),
    (kv: Deno.Kv, key: Deno.KvKey) => kv.set(key, new Uint8Array(0)),
    (kv: Deno.Kv, key: Deno.KvKey, was: Uint8Array) =>
      kv.set(key, was.slice(0, -1)),
  ];
  for (const value of [large(1), text]) {
    for (const [n, spoil] of spoilt.entries()) {
      for (const which of [0, -1]) {
        // Bytes that are no compressed ones have no sum to be checked by, only a length.
        if (value !== text && n === 1) continue;
        await using world = await cacheWorld();
        const first = world.cache();
        await first.getOrSet(keyOf("a"), () => Promise.resolve(value));
        await first.idle();
        const row = (await chunks(world.kv, "a")).at(which)!;
        await spoil(world.kv, row.key, row.value);
        assertEquals(await world.cache().get(keyOf("a")), undefined);
        const load = countingLoader(() => value);
        const second = world.cache();
        assertEquals(await second.getOrSet(keyOf("a"), load), value);
        await second.idle();
        assertEquals(await world.cache().getOrSet(keyOf("a"), load), value);
        assertEquals(load.calls, 1);
      }
    }
  }
});

Deno.test("a compressed row that is spoilt is loaded anew by one isolate", async () => {
  await using world = await cacheWorld();
  const value = "so many words ".repeat(2_000);
  await world.cache().set(keyOf("a"), value);
  const { name, version } = keyOf.kind;
  const key = keys.cacheEntry(name, version, "a");
  // deno-lint-ignore no-explicit-any
  const entry = (await world.kv.get<any>(key)).value;
  assertEquals(entry.body.form, "bytes");
  entry.body.bytes[entry.body.bytes.length >> 1] ^= 0xff;
  await world.kv.set(key, entry);
  const load = countingLoader(() => value);
  const caches = [world.cache(), world.cache(), world.cache()];
  const got = await Promise.all(
    caches.map((cache) => cache.getOrSet(keyOf("a"), load)),
  );
  assertEquals(got, [value, value, value]);
  assertEquals(load.calls, 1);
});

Deno.test("of values in several rows that are written over each other one is read, never a mixture", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(2), { minLength: 2, maxLength: 8 }),
      async (writers) => {
        await using world = await cacheWorld();
        const caches = [world.cache(), world.cache(), world.cache()];
        const values = [large(0), large(1), large(2, 200_000)];
        let writing = true;
        const writes = Promise.all(
          writers.map((n) => caches[n]!.set(bytesOf("a"), values[n]!)),
        ).finally(() => writing = false);
        const reader = world.cache({ maxEntries: 1 });
        while (writing) {
          const got = await reader.get(bytesOf("a"));
          if (got) assert(values.some((value) => same(value, got)));
          // Nothing comes from memory.
          await reader.get(bytesOf("b"));
        }
        await writes;
        const got = await world.cache().get(bytesOf("a"));
        assert(got && values.some((value) => same(value, got)));
      },
    ),
    { numRuns: 8 },
  );
});

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

Deno.test("a loader may throw what and when it likes, bring nothing, or something that no store can hold", async () => {
  await using world = await cacheWorld();
  const cache = world.cache();
  const thrown = [new Error("no"), new NexoraError("not_found"), "text", null];
  for (const [n, what] of thrown.entries()) {
    for (const at of ["once", "later"]) {
      const key = keyOf(`${n} ${at}`);
      const loader = at === "later" ? () => Promise.reject(what) : () => {
        throw what;
      };
      const asked = await Promise.allSettled(
        Array.from({ length: 3 }, () => cache.getOrSet(key, loader)),
      );
      for (const one of asked) {
        assertEquals(one, { status: "rejected", reason: what });
      }
      // Nobody is in the way of the next.
      assertEquals(await cache.getOrSet(key, () => Promise.resolve(1)), 1);
    }
  }
  // deno-lint-ignore no-explicit-any
  const nothing = countingLoader(() => undefined as any);
  assertEquals(await cache.getOrSet(keyOf("none"), nothing), null);
  assertEquals(await cache.getOrSet(keyOf("none"), nothing), null);
  assertEquals(nothing.calls, 1);
  const odd = countingLoader(() => ({ f: () => 1 }));
  const began = performance.now();
  for (const one of [cache, world.cache()]) {
    const value = await one.getOrSet(keyOf("odd"), odd) as { f(): number };
    assertEquals(value.f(), 1);
    await one.idle();
  }
  assert(performance.now() - began < 1_500, "It waited for a lease");
});

Deno.test("a loader that never ends is given up, and what it does afterwards is nobody's trouble", async () => {
  await using world = await cacheWorld();
  const briefOf = testKind({ hardTimeout: 30, softTimeout: 10 });
  const cache = world.cache();
  const late = Promise.withResolvers<string>();
  let aborted = false;
  const error = await assertRejects(
    () =>
      cache.getOrSet(briefOf("a"), (signal) => {
        signal.onabort = () => aborted = true;
        return late.promise;
      }),
    NexoraError,
  );
  assertEquals(error.code, "timed_out");
  assert(aborted);
  late.reject(new Error("too late"));
  const after = world.cache();
  assertEquals(
    await after.getOrSet(briefOf("a"), () => Promise.resolve("b")),
    "b",
  );
  await waitFor(() => cache.get(briefOf("a")).then((v) => v === "b"), {
    what: "the other's value",
  });
});
