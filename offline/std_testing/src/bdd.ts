/**
 * `describe` and `it` with the interface of `@std/testing/bdd`, on `Deno.test`:
 * an outermost suite is a test, what is inside it are its steps.
 *
 * @module
 */

type Fn<T> = (this: T, t: Deno.TestContext) => void | Promise<void>;
type Hook<T> = (this: T) => void | Promise<void>;
type HookName = "beforeAll" | "afterAll" | "beforeEach" | "afterEach";

/** A test with options. */
export interface ItDefinition<T>
  extends Omit<Deno.TestDefinition, "fn" | "name"> {
  /** What it does; the function's name if left out. */
  name?: string;
  /** The test itself. */
  fn: Fn<T>;
}

/** A suite with options; hooks may be given here too. */
export interface DescribeDefinition<T>
  extends
    Omit<Deno.TestDefinition, "fn" | "name">,
    Partial<Record<HookName, Hook<T> | Hook<T>[]>> {
  /** What it is about; the function's name if left out. */
  name?: string;
  /** Registers the tests. */
  fn?: () => void;
}

interface Suite {
  hooks: Record<HookName, Hook<unknown>[]>;
  tests: (Case | Group)[];
}
interface Case {
  name: string;
  options: Partial<Deno.TestDefinition>;
  fn: Fn<unknown>;
}
interface Group extends Suite {
  name: string;
  options: Partial<Deno.TestDefinition>;
}

const root: Suite = newSuite();
let suite: Suite = root;
let globalHooksRan = false;

function newSuite(): Suite {
  return {
    hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] },
    tests: [],
  };
}

// deno-lint-ignore no-explicit-any
type Arguments = any[];

function parse(args: Arguments) {
  const definition: Record<string, unknown> = {};
  for (const arg of args) {
    if (typeof arg === "string") definition.name = arg;
    else if (typeof arg === "function") definition.fn = arg;
    else Object.assign(definition, arg);
  }
  const { name, fn, beforeAll, afterAll, beforeEach, afterEach, ...options } =
    definition as unknown as DescribeDefinition<unknown>;
  return {
    name: name ?? fn?.name ?? "",
    fn,
    options: options as Partial<Deno.TestDefinition>,
    hooks: { beforeAll, afterAll, beforeEach, afterEach },
  };
}

/** Arguments of {@linkcode it}: `name, fn`, `name, options, fn` or `options`. */
export type ItArgs<T> =
  | [options: ItDefinition<T>]
  | [name: string, options: ItDefinition<T>]
  | [name: string, fn: Fn<T>]
  | [fn: Fn<T>]
  | [name: string, options: Omit<ItDefinition<T>, "fn" | "name">, fn: Fn<T>]
  | [options: Omit<ItDefinition<T>, "fn">, fn: Fn<T>];

/** Arguments of {@linkcode describe}: as those of {@linkcode it}. */
export type DescribeArgs<T> =
  | [options: DescribeDefinition<T>]
  | [name: string]
  | [name: string, options: DescribeDefinition<T>]
  | [name: string, fn: () => void]
  | [fn: () => void]
  | [
    name: string,
    options: Omit<DescribeDefinition<T>, "fn" | "name">,
    fn: () => void,
  ]
  | [options: Omit<DescribeDefinition<T>, "fn">, fn: () => void];

function addTest(args: Arguments, extra: Partial<Deno.TestDefinition>) {
  const { name, fn, options } = parse(args);
  const test: Case = {
    name,
    fn: fn as unknown as Fn<unknown>,
    options: { ...options, ...extra },
  };
  if (suite !== root) return void suite.tests.push(test);
  Deno.test({
    ...test.options,
    name,
    fn: async (t) => {
      await runGlobalHooks();
      await runCase(test, {}, [root], t);
    },
  });
}

function addSuite(args: Arguments, extra: Partial<Deno.TestDefinition>) {
  const { name, fn, options, hooks } = parse(args);
  const group: Group = {
    ...newSuite(),
    name,
    options: { ...options, ...extra },
  };
  for (const [hook, given] of Object.entries(hooks)) {
    if (given) group.hooks[hook as HookName].push(...[given].flat());
  }
  const outer = suite;
  suite = group;
  try {
    (fn as (() => void) | undefined)?.();
  } finally {
    suite = outer;
  }
  if (outer !== root) return void outer.tests.push(group);
  Deno.test({
    ...group.options,
    name,
    fn: async (t) => {
      await runGlobalHooks();
      await runGroup(group, {}, [root], t);
    },
  });
}

async function runGlobalHooks() {
  if (globalHooksRan) return;
  globalHooksRan = true;
  for (const hook of root.hooks.beforeAll) await hook.call({});
}

async function runGroup(
  group: Group,
  context: object,
  outer: Suite[],
  t: Deno.TestContext,
) {
  // A suite sees what its outer hooks put on `this`, and cannot change it.
  const shared = { ...context };
  const chain = [...outer, group];
  const only = group.tests.some((test) => test.options.only);
  for (const hook of group.hooks.beforeAll) await hook.call(shared);
  try {
    for (const test of group.tests) {
      await t.step({
        name: test.name,
        ignore: test.options.ignore || (only && !test.options.only),
        sanitizeExit: test.options.sanitizeExit,
        sanitizeOps: test.options.sanitizeOps,
        sanitizeResources: test.options.sanitizeResources,
        fn: (step) =>
          "fn" in test
            ? runCase(test, shared, chain, step)
            : runGroup(test, shared, chain, step),
      });
    }
  } finally {
    for (const hook of group.hooks.afterAll) await hook.call(shared);
  }
}

async function runCase(
  test: Case,
  context: object,
  chain: Suite[],
  t: Deno.TestContext,
) {
  const own = { ...context };
  for (const { hooks } of chain) {
    for (const hook of hooks.beforeEach) await hook.call(own);
  }
  try {
    await test.fn.call(own, t);
  } finally {
    for (const { hooks } of chain.toReversed()) {
      for (const hook of hooks.afterEach) await hook.call(own);
    }
  }
}

function withVariants<Args extends Arguments>(
  add: (args: Arguments, extra: Partial<Deno.TestDefinition>) => void,
) {
  const call = (extra: Partial<Deno.TestDefinition>) => (...args: Args): void =>
    add(args, extra);
  return Object.assign(call({}), {
    only: call({ only: true }),
    ignore: call({ ignore: true }),
    skip: call({ ignore: true }),
    todo: call({ ignore: true }),
  });
}

/** Registers a test. */
// deno-lint-ignore no-explicit-any -- `this` is what the hooks put on it
export const it = withVariants<ItArgs<any>>(addTest);
/** Alias of {@linkcode it}. */
export const test = it;
/** Registers a suite: its function runs at once and registers tests. */
// deno-lint-ignore no-explicit-any
export const describe = withVariants<DescribeArgs<any>>(addSuite);

const addHook = (name: HookName) => <T>(fn: Hook<T>): void => {
  suite.hooks[name].push(fn as Hook<unknown>);
};

/** Runs before the first test of the suite. */
export const beforeAll = addHook("beforeAll");
/** Runs after the last test of the suite. */
export const afterAll = addHook("afterAll");
/** Runs before each test of the suite and of the suites in it. */
export const beforeEach = addHook("beforeEach");
/** Runs after each test of the suite and of the suites in it. */
export const afterEach = addHook("afterEach");
/** Alias of {@linkcode beforeAll}. */
export const before = beforeAll;
/** Alias of {@linkcode afterAll}. */
export const after = afterAll;
