// deno-lint-ignore-file no-explicit-any -- a spy stands for any function
import {
  assertEquals,
  AssertionError,
  assertIsError,
  assertRejects,
} from "@std/assert";
import type { Spy, SpyCall } from "./spy.ts";

/** What a call should have been like; what is left out is not looked at. */
export interface ExpectedSpyCall<
  Self = any,
  Args extends unknown[] = any[],
  Return = any,
> {
  /** What it was called with. */
  args?: [...Args, ...unknown[]];
  /** The `this` of the call. */
  self?: Self;
  /** What it returned, or what its promise resolved with. */
  returned?: Return;
  /** What it threw, or what its promise rejected with. */
  error?: {
    /** The class. */
    Class?: new (...args: any[]) => Error;
    /** Part of the message. */
    msgIncludes?: string;
  };
}

type AnySpy<Self, Args extends unknown[], Return> = Spy<Self, Args, Return>;

function callAt<Self, Args extends unknown[], Return>(
  spy: AnySpy<Self, Args, Return>,
  index: number,
): SpyCall<Self, Args, Return> {
  const call = spy.calls[index];
  if (!call) {
    throw new AssertionError(
      `Spy not called as much as expected: no call ${index}`,
    );
  }
  return call;
}

/** @throws {AssertionError} Unless the spy was called `expected` times */
export function assertSpyCalls<Self, Args extends unknown[], Return>(
  spy: AnySpy<Self, Args, Return>,
  expected: number,
): void {
  const actual = spy.calls.length;
  if (actual === expected) return;
  const last = spy.calls.at(-1)?.error;
  throw new AssertionError(
    `Spy ${
      actual < expected ? "not called as much as" : "called more than"
    } expected: ${actual} calls, not ${expected}${
      last ? `\nlast error: ${last.message}` : ""
    }`,
  );
}

/** @throws {AssertionError} Unless call number `index` was as `expected` */
export function assertSpyCall<Self, Args extends unknown[], Return>(
  spy: AnySpy<Self, Args, Return>,
  index: number,
  expected: ExpectedSpyCall<Self, Args, Return> = {},
): void {
  const call = callAt(spy, index);
  checkArguments(call, expected);
  if ("returned" in expected) {
    if (call.error) {
      throw new AssertionError(
        "Spy call did not return expected value, an error was thrown.",
      );
    }
    because(
      "Spy call did not return expected value",
      () => assertEquals(call.returned, expected.returned),
    );
  }
  if (!("error" in expected)) return;
  if ("returned" in call) {
    throw new AssertionError(
      "Spy call did not throw an error, a value was returned.",
    );
  }
  assertIsError(call.error, expected.error?.Class, expected.error?.msgIncludes);
}

/** As {@linkcode assertSpyCall}, awaiting what the call returned. */
export async function assertSpyCallAsync<Self, Args extends unknown[], Return>(
  spy: AnySpy<Self, Args, Promise<Return>>,
  index: number,
  expected: ExpectedSpyCall<Self, Args, Promise<Return> | Return> = {},
): Promise<void> {
  const call = callAt(spy, index);
  checkArguments(call, expected);
  if (call.error || !((call.returned as unknown) instanceof Promise)) {
    throw new AssertionError(
      `Spy call did not return a promise, ${
        call.error ? "an error was thrown" : "a value was returned"
      }.`,
    );
  }
  if ("returned" in expected) {
    const resolved = await call.returned!.catch(() => {
      throw new AssertionError("Spy call returned promise was rejected");
    });
    const wanted = await expected.returned;
    because(
      "Spy call did not resolve to expected value",
      () => assertEquals<unknown>(resolved, wanted),
    );
  }
  if (!("error" in expected)) return;
  const { Class = Error, msgIncludes } = expected.error ?? {};
  await assertRejects(() => Promise.resolve(call.returned), Class, msgIncludes);
}

function checkArguments(call: SpyCall, expected: ExpectedSpyCall): void {
  if ("returned" in expected && "error" in expected) {
    throw new TypeError(
      "Do not expect error and return, only one should be expected",
    );
  }
  const { args, self } = expected;
  if (args) {
    because(
      "Spy not called with expected args",
      () => assertEquals<unknown[]>(call.args, args),
    );
  }
  if (!("self" in expected)) return;
  because(
    self === undefined
      ? "Spy not expected to be called as method on object"
      : "Spy not called as method on expected self",
    () => assertEquals(call.self, self),
  );
}

/** Puts what was expected of the call before what is wrong with a value. */
function because(message: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new AssertionError(`${message}: ${(error as Error).message}`);
  }
}

/** @throws {AssertionError} Unless that argument of that call was `expected` */
export function assertSpyCallArg<
  Self,
  Args extends unknown[],
  Return,
  Expected,
>(
  spy: AnySpy<Self, Args, Return>,
  callIndex: number,
  argIndex: number,
  expected: Expected,
): Expected {
  const actual = callAt(spy, callIndex).args[argIndex];
  assertEquals<unknown>(actual, expected);
  return actual as Expected;
}

/** @throws {AssertionError} Unless those arguments of that call were `expected` */
export function assertSpyCallArgs<
  Self,
  Args extends unknown[],
  Return,
  Expected extends unknown[],
>(
  spy: AnySpy<Self, Args, Return>,
  callIndex: number,
  ...range: [expected: Expected] | [start: number, expected: Expected] | [
    start: number,
    end: number,
    expected: Expected,
  ]
): Expected {
  const expected = range.at(-1) as Expected;
  const [start, end] = range.slice(0, -1) as number[];
  const actual = callAt(spy, callIndex).args.slice(start, end);
  assertEquals<unknown[]>(actual, expected);
  return actual as Expected;
}
