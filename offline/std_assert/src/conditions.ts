import { AssertionError, suffix } from "./assertion_error.ts";
import { show } from "./equality.ts";

/** Any class, abstract ones included. */
// deno-lint-ignore no-explicit-any
export type AnyConstructor = abstract new (...args: any[]) => any;
/** What an instance of `C` is. */
export type GetConstructorType<C extends AnyConstructor> = InstanceType<C>;
/** A value for which `if` would not run. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** @throws {AssertionError} If `expr` is falsy */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** @throws {AssertionError} If `expr` is truthy */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** @throws {AssertionError} If `actual` is `null` or `undefined` */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to not be null or undefined${suffix(msg)}`,
  );
}

/** @throws {AssertionError} Unless `actual` matches the pattern */
export function assertMatch(actual: string, expected: RegExp, msg?: string) {
  if (actual.search(expected) !== -1) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to match: "${expected}"${suffix(msg)}`,
  );
}

/** @throws {AssertionError} If `actual` matches the pattern */
export function assertNotMatch(actual: string, expected: RegExp, msg?: string) {
  if (actual.search(expected) === -1) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to not match: "${expected}"${suffix(msg)}`,
  );
}

/** @throws {AssertionError} Unless `actual` contains `expected` */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
) {
  if (actual.includes(expected)) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to contain: "${expected}"${suffix(msg)}`,
  );
}

function ordered(
  holds: boolean,
  actual: unknown,
  relation: string,
  expected: unknown,
  msg?: string,
) {
  if (holds) return;
  throw new AssertionError(
    msg ?? `Expect ${show(actual)} ${relation} ${show(expected)}`,
  );
}

/** @throws {AssertionError} Unless `actual > expected` */
export function assertGreater<T>(actual: T, expected: T, msg?: string) {
  ordered(actual > expected, actual, ">", expected, msg);
}

/** @throws {AssertionError} Unless `actual >= expected` */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string) {
  ordered(actual >= expected, actual, ">=", expected, msg);
}

/** @throws {AssertionError} Unless `actual < expected` */
export function assertLess<T>(actual: T, expected: T, msg?: string) {
  ordered(actual < expected, actual, "<", expected, msg);
}

/** @throws {AssertionError} Unless `actual <= expected` */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string) {
  ordered(actual <= expected, actual, "<=", expected, msg);
}

/** @throws {AssertionError} Unless `actual` is an instance of the class */
export function assertInstanceOf<T extends AnyConstructor>(
  actual: unknown,
  expectedType: T,
  msg?: string,
): asserts actual is GetConstructorType<T> {
  if (actual instanceof expectedType) return;
  const found = actual === null
    ? "null"
    : typeof actual === "object"
    ? actual.constructor?.name ?? "Object"
    : typeof actual;
  const name = expectedType.name || "anonymous class";
  // Two classes may share a name; to say it twice would only confuse.
  const but = found === name ? "" : ` but was "${found || "anonymous class"}"`;
  throw new AssertionError(
    `Expected object to be an instance of "${name}"${but}${suffix(msg)}`,
  );
}

/** @throws {AssertionError} If `actual` is an instance of the class */
export function assertNotInstanceOf<A, T>(
  actual: A,
  // deno-lint-ignore no-explicit-any
  unexpectedType: abstract new (...args: any[]) => T,
  msg?: string,
): asserts actual is Exclude<A, T> {
  if (!(actual instanceof unexpectedType)) return;
  throw new AssertionError(
    `Expected object to not be an instance of "${unexpectedType.name}"${
      suffix(msg)
    }`,
  );
}

/** @throws {AssertionError} Always */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}

/** @throws {AssertionError} Always: the line was thought to be out of reach */
export function unreachable(msg?: string): never {
  throw new AssertionError(`Unreachable${suffix(msg)}`);
}

/** @throws {AssertionError} Always: the code is still to be written */
export function unimplemented(msg?: string): never {
  throw new AssertionError(`Unimplemented${suffix(msg)}`);
}
