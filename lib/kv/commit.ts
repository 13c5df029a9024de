import { NexoraError } from "../errors.ts";
import type { Change } from "./mutation.ts";

/**
 * SQLite under several isolates throws `database is locked` on about 1 commit in 20 at 500 commits/s, and a remote
 * store throws on a broken connection. Both are transient; whether the commit happened is unknown.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /locked|busy|connection|timed? ?out|reset|broken pipe|unavailable|error sending request|http2/i
    .test(error.message);
}

/** Full jitter: a delay in milliseconds, uniformly in `[0, min(cap, base * 2 ** attempt)]`. */
export function backoff(attempt: number, base = 5, cap = 200): number {
  return Math.random() * Math.min(cap, base * 2 ** attempt);
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Adds a change to an atomic operation. */
export function apply(
  atomic: Deno.AtomicOperation,
  change: Change,
): Deno.AtomicOperation {
  for (const check of change.checks ?? []) atomic.check(check);
  for (const mutation of change.mutations ?? []) {
    if (mutation.type === "set") {
      atomic.set(
        mutation.key,
        mutation.value,
        mutation.expireIn === undefined
          ? undefined
          : { expireIn: mutation.expireIn },
      );
    } else if (mutation.type === "delete") atomic.delete(mutation.key);
    else atomic.sum(mutation.key, mutation.value);
  }
  return atomic;
}

/**
 * Commits once the checks hold, retrying transient failures up to `attempts` times with jitter. Returns `false` if
 * a check failed. Mutations must be idempotent (no `sum`), since a failed attempt may have been committed.
 *
 * @throws {NexoraError} `store_unavailable` when the store kept failing
 */
export async function commit(
  kv: Deno.Kv,
  change: Change,
  attempts = 8,
): Promise<boolean> {
  return await commitStamped(kv, change, attempts) !== null;
}

/** As `commit`, but returns the versionstamp that the written rows now have, or `null` if a check failed. */
export async function commitStamped(
  kv: Deno.Kv,
  change: Change,
  attempts = 8,
): Promise<string | null> {
  for (let attempt = 0;; attempt++) {
    try {
      const result = await apply(kv.atomic(), change).commit();
      return result.ok ? result.versionstamp : null;
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (attempt + 1 >= attempts) {
        throw new NexoraError("store_unavailable", undefined, { cause: error });
      }
      await delay(backoff(attempt));
    }
  }
}

/**
 * Reads, decides and commits again until nobody came in between, at most `attempts` times.
 * `attempt` reads what it needs and returns the committed result, or `null` when a check failed.
 *
 * @throws {NexoraError} `conflict` when every attempt was overtaken
 */
export async function retryConflicts<T>(
  attempt: () => Promise<T | null>,
  attempts = 16,
): Promise<T> {
  for (let n = 0; n < attempts; n++) {
    const result = await attempt();
    if (result !== null) return result;
    await delay(backoff(n, 2));
  }
  throw new NexoraError("conflict");
}
