import { AssertionError, suffix } from "./assertion_error.ts";

// deno-lint-ignore no-explicit-any
type ErrorClass<E extends Error = Error> = abstract new (...args: any[]) => E;

/**
 * @param error What should be an error
 * @param ErrorClass Its class, `Error` if left out
 * @param msgMatches Part of its message, or a pattern for it
 * @throws {AssertionError} If it is something else
 */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: ErrorClass<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(
      `Expected "error" to be an Error object${suffix(msg)}`,
    );
  }
  if (ErrorClass && !(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${ErrorClass.name}", but was "${error.constructor?.name}"${
        suffix(msg)
      }`,
    );
  }
  const matches = msgMatches === undefined ||
    (typeof msgMatches === "string"
      ? plain(error.message).includes(plain(msgMatches))
      : msgMatches.test(plain(error.message)));
  if (matches) return;
  throw new AssertionError(
    `Expected error message to include ${
      msgMatches instanceof RegExp
        ? String(msgMatches)
        : JSON.stringify(msgMatches)
    }, but got ${JSON.stringify(error.message)}${suffix(msg)}`,
  );
}

/** Without colour codes, which differ between a terminal and CI. */
function plain(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}

function split<E extends Error>(
  classOrMsg?: ErrorClass<E> | string,
  includesOrMsg?: string,
  msg?: string,
) {
  return typeof classOrMsg === "function"
    ? { type: classOrMsg, includes: includesOrMsg, msg }
    : {
      type: undefined,
      includes: undefined,
      msg: classOrMsg ?? includesOrMsg,
    };
}

/** @throws {AssertionError} Unless `fn` throws; returns what it threw */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** @throws {AssertionError} Unless `fn` throws an error of the class */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error>(
  fn: () => unknown,
  classOrMsg?: ErrorClass<E> | string,
  includesOrMsg?: string,
  message?: string,
): unknown {
  const { type, includes, msg } = split(classOrMsg, includesOrMsg, message);
  let result: unknown;
  try {
    result = fn();
  } catch (error) {
    return check(error, type, includes, msg, "thrown");
  }
  if (isPromise(result)) {
    // The promise would otherwise reject unhandled, after the test.
    result.then(undefined, () => {});
    throw new AssertionError(
      `Expected function to throw, but it returned a promise: use assertRejects${
        suffix(msg)
      }`,
    );
  }
  throw new AssertionError(`Expected function to throw${suffix(msg)}`);
}

/** @throws {AssertionError} Unless the promise rejects; gives the reason */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
/** @throws {AssertionError} Unless it rejects with an error of the class */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  classOrMsg?: ErrorClass<E> | string,
  includesOrMsg?: string,
  message?: string,
): Promise<unknown> {
  const { type, includes, msg } = split(classOrMsg, includesOrMsg, message);
  let isAsync = false;
  try {
    const result = fn();
    isAsync = isPromise(result);
    if (!isAsync) {
      throw new AssertionError("The function did not return a promise");
    }
    await result;
  } catch (error) {
    if (!isAsync) {
      throw new AssertionError(
        `Function throws when expected to reject${suffix(msg)}`,
        { cause: error },
      );
    }
    return check(error, type, includes, msg, "rejected");
  }
  throw new AssertionError(`Expected function to reject${suffix(msg)}`);
}

function check<E extends Error>(
  error: unknown,
  type: ErrorClass<E> | undefined,
  includes: string | undefined,
  msg: string | undefined,
  how: string,
): unknown {
  if (!type) return error;
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${how}${suffix(msg)}`);
  }
  assertIsError(error, type, includes, msg);
  return error;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value &&
    typeof value.then === "function";
}
