import { type Context, internalsOf, type LayoutDef } from "../context.ts";
import { HttpError } from "../error.ts";
import type {
  MaybeLazyMiddleware,
  Middleware,
  RouteComponent,
} from "../types.ts";
import { patternToSegments } from "./paths.ts";

/** A value that may still have to be loaded. */
export interface Deferred<T> {
  /** Set once it is loaded. */
  value: T | null;
  /** Loads it. */
  load(): Promise<T>;
}

/** A value that is there already. */
export function ready<T>(value: T): Deferred<T> {
  return { value, load: () => Promise.resolve(value) };
}

/** A value that is loaded when it is needed, once. */
export function deferred<T>(load: () => Promise<T>): Deferred<T> {
  const self: Deferred<T> = {
    value: null,
    load: async () => self.value ??= await load(),
  };
  return self;
}

/** A folder: what applies to every route in it. */
export interface Segment<State> {
  parent: Segment<State> | null;
  children: Map<string, Segment<State>>;
  middlewares: MaybeLazyMiddleware<State>[];
  app: Deferred<RouteComponent<State>> | null;
  layout: Deferred<LayoutDef<State>> | null;
  onError: Middleware<State> | null;
  notFound: Middleware<State> | null;
}

/** An empty folder. */
export function newSegment<State>(
  parent: Segment<State> | null,
): Segment<State> {
  return {
    parent,
    children: new Map(),
    middlewares: [],
    app: null,
    layout: null,
    onError: null,
    notFound: null,
  };
}

/**
 * Finds or makes the folder of a pattern.
 *
 * @param includeLast Whether the last part of the pattern is a folder too
 */
export function segmentAt<State>(
  root: Segment<State>,
  pattern: string,
  includeLast: boolean,
): Segment<State> {
  let current = root;
  // `/a/*` is not `/a`: upstream takes it for a folder that is called `*`.
  const path = pattern === "*" || pattern === "/*" ? "/" : pattern;
  for (const name of patternToSegments(path, "", includeLast).slice(1)) {
    let child = current.children.get(name);
    if (!child) current.children.set(name, child = newSegment(current));
    current = child;
  }
  return current;
}

/** What runs before the routes of a folder, as registered up to now. */
export function stepsOf<State>(
  segment: Segment<State>,
): MaybeLazyMiddleware<State>[] {
  const steps = segment.parent ? stepsOf(segment.parent) : [];
  const { app, layout, onError, notFound } = segment;
  if (app || layout) steps.push(wrapPages(app, layout));
  if (onError || notFound) steps.push(catchErrors(onError, notFound));
  steps.push(...segment.middlewares);
  return steps;
}

function wrapPages<State>(
  app: Segment<State>["app"],
  layout: Segment<State>["layout"],
): Middleware<State> {
  async function load(ctx: Context<State>) {
    await Promise.all([app?.load(), layout?.load()]);
    return enter(ctx);
  }
  function enter(ctx: Context<State>) {
    const internals = internalsOf(ctx);
    if (app) internals.app = app.value;
    if (layout) addLayout(internals, layout.value!);
    return ctx.next();
  }
  return (ctx) =>
    (app && app.value === null) || (layout && layout.value === null)
      ? load(ctx)
      : enter(ctx);
}

/** Nests a layout, or a page with the same options, into those around it. */
export function addLayout<State>(
  internals: { app: unknown; layouts: LayoutDef<State>[] },
  def: LayoutDef<State>,
): void {
  if (def.config?.skipAppWrapper) internals.app = null;
  const outer = def.config?.skipInheritedLayouts ? [] : internals.layouts;
  internals.layouts = def.component ? [...outer, def] : outer;
}

function catchErrors<State>(
  onError: Middleware<State> | null,
  notFound: Middleware<State> | null,
): Middleware<State> {
  return async (ctx) => {
    const internals = internalsOf(ctx);
    const { app, layouts } = internals;
    const { next } = ctx;
    try {
      return await next();
    } catch (error) {
      const isNotFound = error instanceof HttpError && error.status === 404;
      const handler = (isNotFound ? notFound : null) ?? onError;
      if (handler === null) throw error;
      // An error page is wrapped as its folder is, not as the route was.
      Object.assign(internals, { app, layouts });
      ctx.error = error;
      return await handler(ctx);
    }
  };
}
