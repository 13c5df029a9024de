/** Options of `waitFor`. */
export interface WaitOptions {
  /** Milliseconds until it gives up; default 10,000. */
  timeout?: number;
  /** Milliseconds between looks; default 10. */
  interval?: number;
  /** What is waited for, for the error message; a function is asked when time is up. */
  what: string | (() => string);
}

/** Raised by `waitFor`. */
export class WaitTimeout extends Error {
  override name = "WaitTimeout";
}

/**
 * Looks until `condition` gives something truthy and returns it. An error of `condition` counts as "not yet"; the
 * last one is the cause of the time-out.
 *
 * @throws {WaitTimeout} when time is up
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: WaitOptions,
): Promise<NonNullable<T>> {
  const { timeout = 10_000, interval = 10, what } = options;
  const end = performance.now() + timeout;
  let cause: unknown;
  while (true) {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= end) {
      const described = typeof what === "function" ? what() : what;
      throw new WaitTimeout(`Waited ${timeout} ms for ${described}`, { cause });
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

/**
 * Settles as `promise` does, or fails after `timeout` milliseconds.
 *
 * @throws {WaitTimeout} when time is up
 */
export async function within<T>(
  timeout: number,
  what: string,
  promise: Promise<T>,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new WaitTimeout(`Waited ${timeout} ms for ${what}`)),
      timeout,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
