import { ZodError } from "zod";
import { ERRORS, NexoraError } from "../errors.ts";
import { HOUR, MINUTE, SECOND } from "../clock.ts";

/** One line for a person: what went wrong. */
export function describeFailure(error: unknown): string {
  const text = error instanceof Error
    ? `${error.name}: ${error.message}`
    : String(error);
  return text.replace(/\s+/g, " ").slice(0, 500);
}

/** The same job, run again, cannot succeed: its payload is malformed, or an error whose kind says *do not retry*. */
export function isPermanent(error: unknown): boolean {
  if (error instanceof ZodError) return true;
  return error instanceof NexoraError && !ERRORS[error.code].retry;
}

/**
 * Milliseconds until the next attempt: 1 s, 2 s, 4 s … at most 10 min, the upper half of each jittered so that jobs
 * that failed together do not come back together. An error that names a time is believed, up to an hour.
 */
export function retryDelay(attempt: number, error: unknown): number {
  if (error instanceof NexoraError && error.retryAfter !== undefined) {
    return Math.min(error.retryAfter * SECOND, HOUR);
  }
  const full = Math.min(10 * MINUTE, SECOND * 2 ** (attempt - 1));
  return full / 2 + Math.random() * full / 2;
}
