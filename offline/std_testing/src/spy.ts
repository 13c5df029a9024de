// deno-lint-ignore-file no-explicit-any -- a spy stands for any function
/** A spy or stub was used in a way it cannot be. */
export class MockError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MockError";
  }
}

/** One call that a spy saw. */
export interface SpyCall<
  Self = any,
  Args extends unknown[] = any[],
  Return = any,
> {
  /** What it was called with. */
  args: Args;
  /** What it returned. */
  returned?: Return;
  /** What it threw. */
  error?: Error;
  /** The `this` of the call. */
  self?: Self;
}

/** A function that remembers its calls. */
export interface Spy<Self = any, Args extends unknown[] = any[], Return = any> {
  (this: Self, ...args: Args): Return;
  /** What is called underneath. */
  original: (this: Self, ...args: Args) => Return;
  /** The calls so far. */
  calls: SpyCall<Self, Args, Return>[];
  /** Whether the spied method was put back. */
  restored: boolean;
  /** Puts the spied method back. */
  restore(): void;
}

/** A spy on a method; `using` puts the method back. */
export interface MethodSpy<
  Self = any,
  Args extends unknown[] = any[],
  Return = any,
> extends Spy<Self, Args, Return>, Disposable {}

/** A spy on a method that runs something else instead. */
export interface Stub<Self = any, Args extends unknown[] = any[], Return = any>
  extends MethodSpy<Self, Args, Return> {
  /** What runs instead. */
  fake: (this: Self, ...args: Args) => Return;
}

/** The parameters of a method. */
export type GetParametersFromProp<Self, Prop extends keyof Self> =
  Self[Prop] extends (...args: infer Args) => unknown ? Args : unknown[];
/** What a method returns. */
export type GetReturnFromProp<Self, Prop extends keyof Self> =
  Self[Prop] extends (...args: any[]) => infer Return ? Return : unknown;
type AnyFunction = (this: any, ...args: any[]) => any;

/** What is replaced, by session; the first is there without being opened. */
const sessions: Set<Spy>[] = [new Set()];

function record(original: AnyFunction, run: AnyFunction): Spy {
  const calls: SpyCall[] = [];
  const spy = function (this: unknown, ...args: unknown[]) {
    const call: SpyCall = { args };
    if (this) call.self = this;
    calls.push(call);
    try {
      call.returned = run.apply(this, args);
    } catch (error) {
      call.error = error as Error;
      throw error;
    }
    return call.returned;
  } as Spy;
  Object.defineProperty(spy, "name", {
    value: original.name,
    configurable: true,
  });
  return Object.assign(spy, {
    original,
    calls,
    restored: false,
    restore() {
      throw new MockError("Cannot restore: function cannot be restored");
    },
  });
}

function replaceMethod(
  self: object,
  property: PropertyKey,
  fake?: AnyFunction,
): Stub {
  const verb = fake ? "stub" : "spy";
  const target = self as Record<PropertyKey, AnyFunction>;
  // What is not there yet can be stubbed, but there is nothing to spy on.
  const original = target[property] ?? (fake && (() => {}));
  if (typeof original !== "function") {
    throw new MockError(
      `Cannot ${verb}: property is not an instance method`,
    );
  }
  if (isSpy(original)) {
    throw new MockError(`Cannot ${verb}: already spying on instance method`);
  }
  const own = Object.getOwnPropertyDescriptor(self, property);
  if (own && !own.configurable) {
    throw new MockError(
      `Cannot ${verb}: non-configurable instance method`,
    );
  }
  const spy = record(original, fake ?? original) as Stub;
  spy.fake = fake ?? original;
  spy.restore = () => {
    if (spy.restored) {
      throw new MockError("Cannot restore: instance method already restored");
    }
    if (own) Object.defineProperty(self, property, own);
    else delete target[property];
    spy.restored = true;
    for (const session of sessions) session.delete(spy);
  };
  spy[Symbol.dispose] = () => {
    if (!spy.restored) spy.restore();
  };
  Object.defineProperty(self, property, {
    configurable: true,
    enumerable: own?.enumerable ?? false,
    writable: own?.writable ?? true,
    value: spy,
  });
  sessions.at(-1)?.add(spy);
  return spy;
}

function isSpy(value: AnyFunction): boolean {
  return "original" in value && "calls" in value && "restored" in value;
}

/** A spy that does nothing. */
export function spy<
  Self = any,
  Args extends unknown[] = any[],
  Return = undefined,
>(): Spy<
  Self,
  Args,
  Return
>;
/** A spy that calls `func`. */
export function spy<Self, Args extends unknown[], Return>(
  func: (this: Self, ...args: Args) => Return,
): Spy<Self, Args, Return>;
/** A spy on a method, which still runs. */
export function spy<Self, Prop extends keyof Self>(
  self: Self,
  property: Prop,
): MethodSpy<
  Self,
  GetParametersFromProp<Self, Prop>,
  GetReturnFromProp<Self, Prop>
>;
export function spy(target?: unknown, property?: PropertyKey): unknown {
  if (property !== undefined) return replaceMethod(target as object, property);
  const original = (target ?? (() => {})) as AnyFunction;
  return record(original, original);
}

/** Replaces a method by one that does nothing. */
export function stub<Self, Prop extends keyof Self>(
  self: Self,
  property: Prop,
): Stub<Self, GetParametersFromProp<Self, Prop>, GetReturnFromProp<Self, Prop>>;
/** Replaces a method by `func`. */
export function stub<Self, Prop extends keyof Self>(
  self: Self,
  property: Prop,
  func: (
    this: Self,
    ...args: GetParametersFromProp<Self, Prop>
  ) => GetReturnFromProp<Self, Prop>,
): Stub<Self, GetParametersFromProp<Self, Prop>, GetReturnFromProp<Self, Prop>>;
export function stub(
  self: object,
  property: PropertyKey,
  func?: unknown,
): Stub {
  return replaceMethod(
    self,
    property,
    (func as AnyFunction | undefined) ?? (() => {}),
  );
}

/** Opens a session: what is replaced from here on, {@linkcode restore} puts back. */
export function mockSession(): number;
/** Wraps `func`: what it replaces is put back when it ends. */
export function mockSession<Self, Args extends unknown[], Return>(
  func: (this: Self, ...args: Args) => Return,
): (this: Self, ...args: Args) => Return;
export function mockSession(func?: AnyFunction): number | AnyFunction {
  if (!func) {
    sessions.push(new Set());
    return sessions.length - 1;
  }
  return function (...args) {
    const id = mockSession();
    try {
      return func.apply(this, args);
    } finally {
      restore(id);
    }
  };
}

/** As {@linkcode mockSession}, for a function that returns a promise. */
export function mockSessionAsync<Self, Args extends unknown[], Return>(
  func: (this: Self, ...args: Args) => Promise<Return>,
): (this: Self, ...args: Args) => Promise<Return> {
  return async function (...args) {
    const id = mockSession();
    try {
      return await func.apply(this, args);
    } finally {
      restore(id);
    }
  };
}

/** Puts back all that was replaced since the session (the last one if left out). */
export function restore(id = sessions.length - 1): void {
  while (sessions.length > id) {
    const session = sessions.pop()!;
    for (const replaced of [...session].reverse()) replaced.restore();
  }
  if (sessions.length === 0) sessions.push(new Set());
}

/** A function that returns, or throws, the next of `values` at each call. */
export function returnsNext<Return, Self = any, Args extends unknown[] = any[]>(
  values: Iterable<Return | Error>,
): (this: Self, ...args: Args) => Return {
  const rest = values[Symbol.iterator]();
  let calls = 0;
  return () => {
    const { done, value } = rest.next();
    if (done) {
      throw new MockError(
        `Not expected to be called more than ${calls} time(s)`,
      );
    }
    calls++;
    if (value instanceof Error) throw value;
    return value;
  };
}

/** A function whose promise settles with the next of `values` at each call. */
export function resolvesNext<
  Return,
  Self = any,
  Args extends unknown[] = any[],
>(
  values:
    | Iterable<Return | Error | Promise<Return | Error>>
    | AsyncIterable<Return | Error>,
): (this: Self, ...args: Args) => Promise<Return> {
  const rest = Symbol.asyncIterator in values
    ? values[Symbol.asyncIterator]()
    : values[Symbol.iterator]();
  let calls = 0;
  return async () => {
    const { done, value } = await rest.next();
    if (done) {
      throw new MockError(
        `Not expected to be called more than ${calls} time(s)`,
      );
    }
    calls++;
    const settled = await value;
    if (settled instanceof Error) throw settled;
    return settled as Return;
  };
}
