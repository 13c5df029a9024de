// deno-lint-ignore-file no-explicit-any -- a spy stands for any function
/**
 * Spies and stubs with the interface of `@std/testing/mock`.
 *
 * @module
 */
export * from "./spy.ts";
export * from "./spy_assertions.ts";

/** A function that returns its `this`. */
export function returnsThis<Self = any, Args extends unknown[] = any[]>(): (
  this: Self,
  ...args: Args
) => Self {
  return function () {
    return this;
  };
}

/** A function that returns its argument number `index`. */
export function returnsArg<Arg, Self = any>(
  index: number,
): (this: Self, ...args: Arg[]) => Arg | undefined {
  return (...args) => args[index];
}

/** A function that returns its arguments from `start` to before `end`. */
export function returnsArgs<Args extends unknown[], Self = any>(
  start = 0,
  end?: number,
): (this: Self, ...args: Args) => Args {
  return (...args) => args.slice(start, end) as Args;
}
