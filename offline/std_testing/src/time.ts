/**
 * `FakeTime` with the interface of `@std/testing/time`, on the fake timers that
 * sinon uses.
 *
 * @module
 */
import * as fakeTimers from "@sinonjs/fake-timers";

/** Something was asked of a fake time that it cannot do in its state. */
export class TimeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TimeError";
  }
}

/** How time passes by itself. */
export interface FakeTimeOptions {
  /**
   * Real milliseconds between automatic ticks; 0 for only when told.
   * @default {0}
   */
  advanceRate?: number;
  /**
   * Real milliseconds between the ticks of a time that advances by itself.
   * @default {10}
   */
  advanceFrequency?: number;
}

/** Options of {@linkcode FakeTime.delay}. */
export interface DelayOptions {
  /** Ends the wait early, with a rejection. */
  signal?: AbortSignal;
}

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  abortAfter: AbortSignal.timeout,
};

// `withGlobal`, because an npm package sees Node's timers instead of the Web's.
const timers = fakeTimers.withGlobal(globalThis);
type Clock = ReturnType<typeof timers.install>;
let current: FakeTime | undefined;

/**
 * Replaces `Date`, the timers and `AbortSignal.timeout` until it is restored.
 *
 * ```ts
 * using time = new FakeTime();
 * time.tick(500);
 * ```
 */
export class FakeTime {
  #clock: Clock;
  #start: number;
  #advance?: ReturnType<typeof setInterval>;

  /**
   * @param start When it starts: now, unless told
   * @throws {TypeError} If `start` is not a time
   * @throws {TimeError} If time is fake already
   */
  constructor(
    start?: number | string | Date | null,
    options: FakeTimeOptions = {},
  ) {
    if (current) {
      throw new TimeError("Cannot construct FakeTime: time is already faked");
    }
    const now = new Date(start ?? Date.now()).getTime();
    if (Number.isNaN(now)) {
      throw new TypeError(
        `Cannot construct FakeTime: invalid start time ${start}`,
      );
    }
    this.#start = now;
    this.#clock = install(now);
    current = this;
    const { advanceRate = 0, advanceFrequency = 10 } = options;
    if (advanceRate > 0) {
      this.#advance = real.setInterval.call(
        globalThis,
        () => this.tick(advanceRate * advanceFrequency),
        advanceFrequency,
      );
    }
  }

  /**
   * Gives `Date` and the timers back.
   * @throws {TimeError} If no time is fake
   */
  static restore(): void {
    if (!current) {
      throw new TimeError("Cannot restore time: time is already restored");
    }
    current.restore();
  }

  /**
   * Runs `callback` in real time, then fakes it again.
   * @throws {TimeError} If no time is fake
   */
  static restoreFor<T>(
    // deno-lint-ignore no-explicit-any
    callback: (...args: any[]) => Promise<T> | T,
    // deno-lint-ignore no-explicit-any
    ...args: any[]
  ): Promise<T> {
    const time = current;
    if (!time) {
      return Promise.reject(
        new TimeError("Cannot restore time: time is not faked"),
      );
    }
    const patched = grab();
    assign(unpatched);
    let result: Promise<T> | T;
    try {
      result = callback(...args);
    } catch (error) {
      assign(patched);
      return Promise.reject(error);
    }
    return Promise.resolve(result).finally(() => {
      if (current === time) assign(patched);
    });
  }

  /** Milliseconds since the epoch; setting it runs what falls due. */
  get now(): number {
    return this.#clock.now;
  }
  set now(value: number) {
    if (value < this.now) {
      throw new RangeError(
        `Cannot set current time in the past, time must be >= ${this.now}: received ${value}`,
      );
    }
    this.tick(value - this.now);
  }

  /** When this fake time began. */
  get start(): number {
    return this.#start;
  }
  // Upstream declares the setter too, and throws as well.
  set start(_value: number) {
    throw new TypeError("Cannot change the start of a fake time");
  }

  /** Resolves after `ms` of real time. */
  async delay(ms: number, options: DelayOptions = {}): Promise<void> {
    const { signal } = options;
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const id = real.setTimeout.call(globalThis, done, ms);
      function abort() {
        real.clearTimeout.call(globalThis, id);
        reject(new DOMException("Delay was aborted", "AbortError"));
      }
      function done() {
        signal?.removeEventListener("abort", abort);
        resolve();
      }
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Lets pending promise callbacks run. */
  async runMicrotasks(): Promise<void> {
    await this.delay(0);
  }

  /** Moves time on by `ms` and runs the timers that fall due. */
  tick(ms = 0): void {
    this.#clock.tick(ms);
  }

  /** As {@linkcode FakeTime.tick}, with promise callbacks in between. */
  async tickAsync(ms = 0): Promise<void> {
    await this.runMicrotasks();
    this.tick(ms);
  }

  /** Moves to the next timer and runs it; `false` if there is none. */
  next(): boolean {
    if (this.#clock.countTimers() === 0) return false;
    this.#clock.next();
    return true;
  }

  /** As {@linkcode FakeTime.next}, after pending promise callbacks. */
  async nextAsync(): Promise<boolean> {
    await this.runMicrotasks();
    return this.next();
  }

  /** Runs timers until none is left. */
  runAll(): void {
    while (this.next());
  }

  /** As {@linkcode FakeTime.runAll}, with promise callbacks in between. */
  async runAllAsync(): Promise<void> {
    while (await this.nextAsync());
  }

  /**
   * Gives `Date` and the timers back.
   * @throws {TimeError} If it was given back already
   */
  restore(): void {
    if (current !== this) {
      throw new TimeError("Cannot restore time: time is already restored");
    }
    real.clearInterval.call(globalThis, this.#advance);
    current = undefined;
    this.#clock.uninstall();
    AbortSignal.timeout = real.abortAfter;
  }

  /** Restores; for `using`. */
  [Symbol.dispose](): void {
    this.restore();
  }
}

const NAMES = [
  "Date",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
] as const;

function install(now: number): Clock {
  const clock = timers.install({
    now,
    toFake: [...NAMES],
    // An interval that never ends is the caller's business, not a failure here.
    loopLimit: Number.MAX_SAFE_INTEGER,
  });
  AbortSignal.timeout = (ms: number) => {
    const controller = new AbortController();
    globalThis.setTimeout(() => {
      controller.abort(new DOMException("Signal timed out.", "TimeoutError"));
    }, ms);
    return controller.signal;
  };
  return clock;
}

type Globals = Record<string, unknown>;

function grab(): Globals {
  const found: Globals = { abortAfter: AbortSignal.timeout };
  for (const name of NAMES) found[name] = (globalThis as Globals)[name];
  return found;
}

function assign(values: Globals): void {
  for (const name of NAMES) (globalThis as Globals)[name] = values[name];
  AbortSignal.timeout = values.abortAfter as typeof AbortSignal.timeout;
}

const unpatched = grab();
