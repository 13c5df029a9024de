import { type Clock, DAY, MINUTE, SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import {
  commit,
  del,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";

/** How many attempts are free, and how long one waits after the next ones. */
export interface AttemptLimit {
  /** Names the row, e.g. `sign-in-account`. */
  scope: string;
  /** Attempts without any delay. */
  free: number;
  /** Milliseconds after the first one that is not free; doubles with each. */
  firstDelay: number;
  /** Milliseconds. */
  maxDelay: number;
  /** Milliseconds without an attempt after which all is forgotten. */
  forgetAfter: number;
}

export const SIGN_IN_ACCOUNT: AttemptLimit = {
  scope: "sign-in-account",
  free: 5,
  firstDelay: 2 * SECOND,
  maxDelay: 15 * MINUTE,
  forgetAfter: DAY,
};

/** Offices share an address, so it has more; those that succeed are given back. */
export const SIGN_IN_ADDRESS: AttemptLimit = {
  scope: "sign-in-address",
  free: 30,
  firstDelay: 2 * SECOND,
  maxDelay: 15 * MINUTE,
  forgetAfter: 60 * MINUTE,
};

/** A school class signs up within a lesson; a thousand accounts within an hour are nobody's class. */
export const SIGN_UP_ADDRESS: AttemptLimit = {
  scope: "sign-up-address",
  free: 200,
  firstDelay: SECOND,
  maxDelay: 15 * MINUTE,
  forgetAfter: 60 * MINUTE,
};

interface Attempts {
  count: number;
  /** Milliseconds; nothing is let through before. */
  notBefore: number;
  expiresAt: number;
}

interface Deps {
  kv: Deno.Kv;
  now: Clock;
}

/**
 * Counts an attempt before it is made, so that a thousand guesses at once count as a thousand.
 *
 * @throws {NexoraError} `rate_limited` with `retryAfter` while the subject has to wait
 */
export async function countAttempt(
  { kv, now }: Deps,
  limit: AttemptLimit,
  subject: string,
): Promise<void> {
  const wait = await retryConflicts(async () => {
    const at = now();
    const entry = await kv.get<Attempts>(keys.attempts(limit.scope, subject));
    const current = entry.value !== null && entry.value.expiresAt > at
      ? entry.value
      : null;
    // A refused attempt is not counted: who keeps knocking is let in as soon as the wait is over.
    if (current && current.notBefore > at) return current.notBefore - at;
    const count = (current?.count ?? 0) + 1;
    const over = count - limit.free;
    const pause = over < 0
      ? 0
      : Math.min(limit.maxDelay, limit.firstDelay * 2 ** Math.min(over, 30));
    const row: Attempts = {
      count,
      notBefore: at + pause,
      expiresAt: at + limit.forgetAfter,
    };
    const written = await commit(kv, {
      checks: [unchanged(entry)],
      mutations: [set(entry.key, row, limit.forgetAfter)],
    });
    return written ? 0 : null;
  }).catch((error) => {
    // So many at once that the count could not be kept: refuse rather than let one through uncounted.
    if (error instanceof NexoraError && error.code === "conflict") {
      return SECOND;
    }
    throw error;
  });
  if (wait > 0) {
    throw new NexoraError("rate_limited", "Too many attempts, wait a little", {
      retryAfter: Math.ceil(wait / SECOND),
    });
  }
}

/** Gives back an attempt that succeeded, so that only failures count; the failures before it stay. */
export async function returnAttempt(
  { kv, now }: Deps,
  limit: AttemptLimit,
  subject: string,
): Promise<void> {
  await retryConflicts(async () => {
    const entry = await kv.get<Attempts>(keys.attempts(limit.scope, subject));
    if (entry.value === null) return true;
    const count = entry.value.count - 1;
    const row: Attempts = {
      count,
      notBefore: count < limit.free ? 0 : entry.value.notBefore,
      expiresAt: entry.value.expiresAt,
    };
    const left = Math.max(1, row.expiresAt - now());
    const written = await commit(kv, {
      checks: [unchanged(entry)],
      mutations: [count > 0 ? set(entry.key, row, left) : del(entry.key)],
    });
    return written ? true : null;
  }).catch((error) => {
    // One attempt too many on the count is better than a sign-in that fails.
    if (!(error instanceof NexoraError && error.code === "conflict")) {
      throw error;
    }
  });
}

/** Forgets a subject's attempts, after it proved who it is. */
export async function forgetAttempts(
  { kv }: Pick<Deps, "kv">,
  limit: AttemptLimit,
  subject: string,
): Promise<void> {
  await kv.delete(keys.attempts(limit.scope, subject));
}
