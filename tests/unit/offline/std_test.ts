import {
  assert,
  assertEquals,
  AssertionError,
  assertObjectMatch,
  assertRejects,
  assertThrows,
  equal,
} from "@std/assert";
import { beforeEach, describe, it } from "@std/testing/bdd";
import { assertSpyCalls, spy, stub } from "@std/testing/mock";
import { FakeTime } from "@std/testing/time";

Deno.test("equal looks inside collections, dates and cycles", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const twin: Record<string, unknown> = {};
  twin.self = twin;
  assert(equal(cycle, twin));
  assert(equal(new Set([{ a: 1 }]), new Set([{ a: 1 }])));
  assert(equal(new Map([[{ k: 1 }, [2]]]), new Map([[{ k: 1 }, [2]]])));
  assert(!equal(new Date(0), new Date(1)));
  assert(!equal({ a: undefined }, {}));
  assert(!equal([1], { 0: 1 }));
});

Deno.test("assertEquals shows the difference", () => {
  const error = assertThrows(
    () => assertEquals({ a: 1, b: 2 }, { a: 1, b: 3 }, "the sum"),
    AssertionError,
    "Values are not equal: the sum",
  );
  assert(error.message.includes("b: 2") && error.message.includes("b: 3"));
});

Deno.test("assertThrows refuses a promise and the wrong class", () => {
  assertThrows(
    () => assertThrows(() => Promise.reject(new Error("late"))),
    AssertionError,
  );
  assertThrows(
    () =>
      assertThrows(() => {
        throw new Error("x");
      }, TypeError),
    AssertionError,
  );
});

Deno.test("assertRejects resolves with the reason", async () => {
  const reason = await assertRejects(
    () => Promise.reject(new RangeError("far")),
    RangeError,
    "far",
  );
  assertEquals(reason.message, "far");
});

Deno.test("assertObjectMatch ignores what is not asked for", () => {
  assertObjectMatch({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } });
  assertThrows(
    () => assertObjectMatch({ a: 1 }, { a: 2 }),
    AssertionError,
  );
});

Deno.test("FakeTime runs timers and AbortSignal.timeout when told", () => {
  using time = new FakeTime("2026-01-01T00:00:00Z");
  const tick = spy();
  setInterval(tick, 1000);
  const signal = AbortSignal.timeout(2500);
  time.tick(2000);
  assertSpyCalls(tick, 2);
  assert(!signal.aborted);
  time.tick(500);
  assert(signal.aborted);
  assertEquals(new Date().toISOString(), "2026-01-01T00:00:02.500Z");
});

Deno.test("stub puts the method back", () => {
  const clock = { read: () => 1 };
  {
    using fake = stub(clock, "read", () => 2);
    assertEquals(clock.read(), 2);
    assertSpyCalls(fake, 1);
  }
  assertEquals(clock.read(), 1);
});

describe("bdd", () => {
  let count = 0;
  beforeEach(() => {
    count++;
  });
  it("runs hooks before each test", () => assertEquals(count, 1));
  describe("nested", () => {
    it("inherits them", () => assertEquals(count, 2));
  });
});
