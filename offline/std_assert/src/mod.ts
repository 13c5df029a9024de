/**
 * Assertions with the names and behaviour of `@std/assert`, for networks that
 * cannot reach JSR.
 *
 * @module
 */
export { AssertionError } from "./assertion_error.ts";
export * from "./conditions.ts";
export { equal } from "./equal.ts";
export {
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertNotEquals,
  assertNotStrictEquals,
  assertObjectMatch,
  assertStrictEquals,
} from "./equality.ts";
export { assertIsError, assertRejects, assertThrows } from "./errors.ts";
