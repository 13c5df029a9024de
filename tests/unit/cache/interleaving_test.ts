/** What may come between two steps of a load: other isolates, lost answers, wrong clocks. */
import { assert, assertEquals } from "@std/assert";
import { HOUR } from "../../../lib/clock.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { cacheWorld, countingLoader, testKind } from "./world.ts";

const keyOf = testKind();

/** A view of a store whose commits go through `commit`, which may wait, or lose what they answer. */
function steered(
  kv: Deno.Kv,
  commit: (
    run: () => Promise<Deno.KvCommitResult | Deno.KvCommitError>,
  ) => Promise<Deno.KvCommitResult | Deno.KvCommitError>,
): Deno.Kv {
  return new Proxy(kv, {
    get(target, name) {
      if (name !== "atomic") {
        const member = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      }
      return () => {
        const atomic = target.atomic();
        const run = atomic.commit.bind(atomic);
        atomic.commit = () => commit(run);
        return atomic;
      };
    },
  });
}

Deno.test("a whole load of another's between one's look and one's taking of the lease is seen", async () => {
  await using world = await cacheWorld();
  const gate = Promise.withResolvers<void>();
  let held = 0;
  const slow = world.cache({
    kv: steered(world.kv, async (run) => {
      held++;
      await gate.promise;
      return await run();
    }),
  });
  const quick = world.cache();
  const load = countingLoader((n) => `load ${n}`);
  const asked = slow.getOrSet(keyOf("a"), load);
  // It has seen neither value nor lease, and is about to take the lease.
  await waitFor(() => held === 1, { what: "the lease to be wanted" });
  assertEquals(await quick.getOrSet(keyOf("a"), load), "load 1");
  await quick.idle();
  gate.resolve();
  assertEquals(await asked, "load 1");
  assertEquals(load.calls, 1);
});

Deno.test("whoever took the lease and was not told so has it all the same", async () => {
  await using world = await cacheWorld();
  let losing = true;
  const unlucky = world.cache({
    kv: steered(world.kv, async (run) => {
      const result = await run();
      if (!losing) return result;
      losing = false;
      throw new Error("connection reset");
    }),
  });
  const load = countingLoader((n) => `load ${n}`);
  const began = performance.now();
  assertEquals(await unlucky.getOrSet(keyOf("a"), load), "load 1");
  await unlucky.idle();
  assert(performance.now() - began < 1_500, "It waited for its own lease");
  assertEquals(await world.cache().getOrSet(keyOf("a"), load), "load 1");
  assertEquals(load.calls, 1);
});

Deno.test("a lease whose renewal was not told of is still held", async () => {
  await using world = await cacheWorld();
  let commits = 0;
  const unlucky = world.cache({
    kv: steered(world.kv, async (run) => {
      const result = await run();
      // The second is the first renewal.
      if (++commits === 2) throw new Error("connection reset");
      return result;
    }),
  });
  const load = countingLoader((n) => `load ${n}`, true);
  const asked = unlucky.getOrSet(keyOf("a"), load);
  // The renewal, and its repetition, which is refused.
  await waitFor(() => commits >= 3, { what: "the renewal", timeout: 5_000 });
  load.open();
  assertEquals(await asked, "load 1");
  await unlucky.idle();
  assertEquals(unlucky.stats().kinds.test!.discarded, 0);
  assertEquals(await world.cache().get(keyOf("a")), "load 1");
});

Deno.test("a dead isolate whose clock ran an hour ahead is not waited for for an hour", async () => {
  await using world = await cacheWorld();
  const { kind, id } = keyOf("a");
  await world.kv.set(keys.cacheLease(kind.name, kind.version, id), {
    token: "dead",
    until: world.clock.now() + HOUR,
  });
  const load = countingLoader((n) => `load ${n}`);
  assertEquals(await world.cache().getOrSet(keyOf("a"), load), "load 1");
  assertEquals(load.calls, 1);
});

Deno.test("what is invalidated while it is being loaded behind a stale value does not come back", async () => {
  for (const how of ["tag", "key", "kind"] as const) {
    for (const by of ["same", "other"] as const) {
      await using world = await cacheWorld();
      const [a, b] = [world.cache(), world.cache()];
      const tags = ["t"];
      await a.getOrSet(keyOf("a"), () => Promise.resolve("old"), { tags });
      await a.idle();
      world.clock.advance(keyOf.kind.ttl);
      const load = countingLoader((n) => `load ${n}`, true);
      assertEquals(await a.getOrSet(keyOf("a"), load, { tags }), "old");
      await waitFor(() => load.calls === 1, { what: "the load behind" });
      const one = by === "same" ? a : b;
      if (how === "tag") await one.deleteByTag("t");
      else if (how === "key") await one.delete(keyOf("a"));
      else await one.clear(keyOf.kind.name);
      load.open();
      await a.idle();
      // What was loaded before it was invalidated is nowhere; whoever has not yet heard of it may say the old once more.
      const next = () => Promise.resolve("new");
      for (const cache of [one, world.cache()]) {
        assertEquals(await cache.getOrSet(keyOf("a"), next, { tags }), "new");
        await cache.idle();
      }
      await waitFor(async () => {
        const value = await a.getOrSet(keyOf("a"), next, { tags });
        assert(value === "new" || by === "other" && value === "old");
        return value === "new";
      }, { what: "the new value", timeout: 2_000 });
    }
  }
});
