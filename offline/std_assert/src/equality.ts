import nodeAssert from "node:assert";
import { AssertionError, suffix } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/** One line of text for a value in a message. */
export function show(value: unknown): string {
  return Deno.inspect(value, { depth: 6, sorted: true, trailingComma: true });
}

/** The `[Diff]` part of a message, borrowed from `node:assert`. */
function diff(actual: unknown, expected: unknown): string {
  try {
    nodeAssert.deepStrictEqual(actual, expected);
  } catch (error) {
    const [, ...lines] = (error as Error).message.split("\n");
    return lines.join("\n").trim();
  }
  return `actual: ${show(actual)}\nexpected: ${show(expected)}`;
}

/**
 * @param actual What was computed
 * @param expected What it should deeply equal
 * @param msg Added to the message
 * @throws {AssertionError} Unless they are deeply equal
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(
    `Values are not equal${suffix(msg)}\n\n    [Diff] Actual / Expected\n\n${
      diff(actual, expected)
    }\n`,
  );
}

/** @throws {AssertionError} If the values are deeply equal */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(
    `Expected actual: ${show(actual)} not to be: ${show(expected)}${
      suffix(msg)
    }`,
  );
}

/** @throws {AssertionError} Unless `Object.is` holds */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const reason = equal(actual, expected)
    ? "Values have the same structure but are not reference-equal"
    : "Values are not strictly equal";
  throw new AssertionError(
    `${reason}${suffix(msg)}\n\n${diff(actual, expected)}\n`,
  );
}

/** @throws {AssertionError} If `Object.is` holds */
export function assertNotStrictEquals<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (!Object.is(actual, expected)) return;
  throw new AssertionError(
    `Expected "actual" to not be strictly equal to: ${show(actual)}${
      suffix(msg)
    }\n`,
  );
}

/**
 * @param tolerance Largest difference accepted; by default one ten-millionth of
 *   the expected value
 * @throws {AssertionError} If the numbers are further apart
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const limit = tolerance ??
    (isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const delta = Math.abs(expected - actual);
  if (delta <= limit) return;
  const text = (n: number) =>
    Number.isInteger(n) ? String(n) : n.toExponential();
  throw new AssertionError(
    `Expected actual: "${text(actual)}" to be close to "${text(expected)}": \
delta "${text(delta)}" is greater than "${text(limit)}"${suffix(msg)}`,
  );
}

/** @throws {AssertionError} If an expected element is missing from `actual` */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  msg?: string,
): void {
  const missing = Array.from(expected).filter((wanted) =>
    !Array.from(actual).some((found) => equal(wanted, found))
  );
  if (missing.length === 0) return;
  throw new AssertionError(
    `Expected actual: "${show(actual)}" to include: "${show(expected)}"${
      suffix(msg)
    }\nmissing: ${show(missing)}`,
  );
}

/**
 * @param actual An object that may have more keys than `expected`
 * @throws {AssertionError} Unless every key of `expected` is there and matches
 */
export function assertObjectMatch(
  // deno-lint-ignore no-explicit-any
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void {
  if (!isContainer(actual)) {
    throw new TypeError(
      `Cannot assertObjectMatch: the actual value is ${actual}, not an object`,
    );
  }
  assertEquals<unknown>(project(actual, expected, new Map()), expected, msg);
}

/** The part of `actual` that `expected` has an opinion about. */
function project(
  actual: unknown,
  expected: unknown,
  seen: Map<object, unknown>,
): unknown {
  if (!isContainer(actual) || !isContainer(expected)) return actual;
  const done = seen.get(expected);
  if (done !== undefined) return done;
  if (actual instanceof Map && expected instanceof Map) {
    const kept = new Map();
    seen.set(expected, kept);
    for (const [key, value] of expected) {
      if (actual.has(key)) kept.set(key, project(actual.get(key), value, seen));
    }
    return kept;
  }
  if (actual instanceof Set && expected instanceof Set) {
    return new Set(
      [...expected].filter((wanted) =>
        [...actual].some((found) => equal(found, wanted))
      ),
    );
  }
  if (Array.isArray(actual) !== Array.isArray(expected)) return actual;
  if (isBuiltin(actual) || isBuiltin(expected)) return actual;
  const kept: Record<PropertyKey, unknown> = Array.isArray(actual)
    ? [] as unknown as Record<PropertyKey, unknown>
    : Object.create(Object.getPrototypeOf(expected));
  seen.set(expected, kept);
  for (const key of Reflect.ownKeys(expected)) {
    if (Array.isArray(actual) && key === "length") continue;
    if (!Reflect.has(actual, key)) continue;
    kept[key] = project(
      (actual as Record<PropertyKey, unknown>)[key],
      (expected as Record<PropertyKey, unknown>)[key],
      seen,
    );
  }
  return kept;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Something that is compared as a whole: dates, bytes, patterns. */
function isBuiltin(value: object): boolean {
  return value instanceof Date || value instanceof RegExp ||
    value instanceof URL || value instanceof Error ||
    value instanceof Map || value instanceof Set || ArrayBuffer.isView(value) ||
    value instanceof ArrayBuffer;
}
