import { assert, assertEquals, assertRejects } from "@std/assert";
import { HOUR, MINUTE, SECOND } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { waitFor } from "../../support/wait.ts";
import { cacheWorld, countingLoader, testKind } from "./world.ts";

const keyOf = testKind();

Deno.test("a stale value is served at once and loaded anew once, behind the readers", async () => {
  await using world = await cacheWorld();
  const [a, b] = [world.cache(), world.cache()];
  const load = countingLoader((n) => `value ${n}`);
  await a.getOrSet(keyOf("a"), load);
  await b.getOrSet(keyOf("a"), load);
  await Promise.all([a.idle(), b.idle()]);
  world.clock.advance(10 * MINUTE);
  const answers = await Promise.all([
    a.answer(keyOf("a"), load),
    a.answer(keyOf("a"), load),
    b.answer(keyOf("a"), load),
  ]);
  for (const { value, stale, createdAt } of answers) {
    assertEquals([value, stale], ["value 1", true]);
    assertEquals(createdAt, world.clock.now() - 10 * MINUTE);
  }
  await waitFor(async () => await a.get(keyOf("a")) === "value 2", {
    what: "the new value",
  });
  assertEquals(await a.answer(keyOf("a"), load), {
    value: "value 2",
    stale: false,
    createdAt: world.clock.now(),
  });
  await waitFor(async () => await b.get(keyOf("a")) === "value 2", {
    what: "the new value in the other isolate",
  });
  assertEquals(load.calls, 2);
});

Deno.test("when loading fails a value in its grace is served, marked, and not tried again at once", async () => {
  await using world = await cacheWorld();
  const cache = world.cache();
  await cache.getOrSet(keyOf("a"), () => Promise.resolve("good"));
  await cache.idle();
  world.clock.advance(20 * MINUTE);
  let calls = 0;
  const broken = () => {
    calls++;
    return Promise.reject(new Error("The model is away"));
  };
  for (let i = 0; i < 3; i++) {
    const { value, stale } = await cache.answer(keyOf("a"), broken);
    assertEquals([value, stale], ["good", true]);
  }
  assertEquals(calls, 1);
  await cache.idle();
  world.clock.advance(6 * SECOND);
  await cache.answer(keyOf("a"), broken);
  assertEquals(calls, 2);
  await cache.idle();
  world.clock.advance(HOUR);
  await assertRejects(
    () => cache.getOrSet(keyOf("a"), broken),
    Error,
    "The model is away",
  );
  // A failure is not remembered where there is nothing to serve.
  assertEquals(
    await cache.getOrSet(keyOf("a"), () => Promise.resolve("back")),
    "back",
  );
});

Deno.test("a slow loader is not waited for where there is a stale value, and given up at last", async () => {
  await using world = await cacheWorld();
  const slow = testKind({ name: "slow", softTimeout: 20, hardTimeout: 60 });
  const cache = world.cache();
  await cache.getOrSet(slow("a"), () => Promise.resolve("old"));
  await cache.idle();
  world.clock.advance(20 * MINUTE);
  let aborted = false;
  const never = (signal: AbortSignal) =>
    new Promise<string>(() => {
      signal.addEventListener("abort", () => aborted = true);
    });
  const { value, stale } = await cache.answer(slow("a"), never);
  assertEquals([value, stale, aborted], ["old", true, false]);
  await waitFor(() => aborted, { what: "the loader to be given up" });
  const error = await assertRejects(
    () => cache.getOrSet(slow("b"), never),
    NexoraError,
  );
  assertEquals(error.code, "timed_out");
  assertEquals(cache.stats().kinds.slow!.errors, 2);
});

Deno.test("that there is none is remembered for a minute", async () => {
  await using world = await cacheWorld();
  const cache = world.cache();
  const load = countingLoader((n) => n > 1 ? "found" : null);
  assertEquals(await cache.getOrSet(keyOf("a"), load), null);
  assertEquals(await cache.getOrSet(keyOf("a"), load), null);
  assertEquals(await cache.get(keyOf("a")), null);
  assertEquals(load.calls, 1);
  await cache.idle();
  world.clock.advance(10 * MINUTE);
  assertEquals(await cache.getOrSet(keyOf("a"), load), "found");
});

Deno.test("values that were loaded together do not end together", async () => {
  await using world = await cacheWorld();
  const jittered = testKind({ jitter: 0.2, revalidate: 0, grace: 0 });
  const cache = world.cache();
  for (let i = 0; i < 200; i++) {
    await cache.getOrSet(jittered(`${i}`), () => Promise.resolve("v"));
  }
  await cache.idle();
  world.clock.advance(9 * MINUTE);
  let left = 0;
  for (let i = 0; i < 200; i++) {
    if (await cache.get(jittered(`${i}`)) !== undefined) left++;
  }
  // Lives are spread evenly over 8 to 10 min: about half have ended.
  assert(left > 50 && left < 150, `${left} left`);
});
