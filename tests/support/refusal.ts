import { assertRejects } from "@std/assert";
import { NexoraError } from "../../lib/errors.ts";

/**
 * The code with which work is refused.
 *
 * @throws {AssertionError} when it succeeds, or fails in another way
 */
export async function codeOf(
  work: Promise<unknown> | (() => Promise<unknown>),
): Promise<string> {
  const run = typeof work === "function" ? work : () => work;
  return (await assertRejects(run, NexoraError)).code;
}
