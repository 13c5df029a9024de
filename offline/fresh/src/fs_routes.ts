import type { LayoutDef } from "./context.ts";
import type { Command } from "./routing/commands.ts";
import { mergePath, pathToPattern, sortRoutePaths } from "./routing/paths.ts";
import { errorPage } from "./routing/route.ts";
import { compileMiddlewares } from "./routing/run.ts";
import { deferred, ready } from "./routing/segment.ts";
import type {
  Middleware,
  Route,
  RouteComponent,
  RouteConfig,
  RouteHandler,
} from "./types.ts";

/** What a file in the routes folder may export. */
export interface FreshFsMod<State> {
  config?: RouteConfig;
  // deno-lint-ignore no-explicit-any
  handler?: RouteHandler<any, State> | Middleware<State>[];
  // deno-lint-ignore no-explicit-any
  handlers?: RouteHandler<any, State> | Middleware<State>[];
  default?: RouteComponent<State> | Middleware<State> | Middleware<State>[];
  css?: string[];
}

/** A file in the routes folder. */
export interface FsRouteFile<State> {
  /** Path in the folder with a slash before it, without extension. */
  id: string;
  /** The file, for messages. */
  filePath: string;
  /** The module, or what loads it. */
  mod: FreshFsMod<State> | (() => Promise<FreshFsMod<State>>);
}

/** What the files of the routes folder would be as calls to `App`. */
export function fsCommands<State>(
  files: FsRouteFile<State>[],
  base = "*",
): Command<State>[] {
  return files
    .filter((file) => !/\/\(_[^/]*\)\//.test(file.id))
    .toSorted((a, b) => sortRoutePaths(a.id, b.id))
    .map((file) => toCommand(file, base));
}

function toCommand<State>(
  file: FsRouteFile<State>,
  base: string,
): Command<State> {
  const slash = file.id.lastIndexOf("/");
  const name = file.id.slice(slash + 1);
  const folderPath = pathToPattern(file.id.slice(0, slash), {
    keepGroups: true,
  });
  const place = {
    path: mergePath(base, pathToPattern(file.id.slice(0, slash)), true),
    folder: mergePath(base, folderPath, true),
  };
  switch (name) {
    case "_app":
      return { type: "app", ...place, component: fromMod(file, appComponent) };
    case "_layout":
      return { type: "layout", ...place, def: fromMod(file, layoutDef) };
    case "_middleware":
      return { type: "use", ...place, steps: [middlewareStep(file)] };
    case "_error":
    case "_500":
      return { type: "error", ...place, page: pageStep(file) };
    case "_404":
      return { type: "notFound", ...place, page: pageStep(file) };
  }
  const path = mergePath(base, pathToPattern(file.id), true);
  // A file `foo.tsx` is in its parent folder; `foo/index.tsx` is in `foo`.
  if (typeof file.mod === "function") {
    const load = file.mod;
    return {
      type: "route",
      ...place,
      path,
      route: async () => toRoute(await load(), file),
    };
  }
  const route = toRoute(file.mod, file);
  const override = route.config?.routeOverride;
  return {
    type: "route",
    ...place,
    path: override ? mergePath(base, override, true) : path,
    route,
  };
}

function fromMod<State, T>(
  { mod, filePath }: FsRouteFile<State>,
  pick: (mod: FreshFsMod<State>, filePath: string) => T,
) {
  return typeof mod === "function"
    ? deferred(async () => pick(await mod(), filePath))
    : ready(pick(mod, filePath));
}

function warn(text: string): void {
  console.warn(
    `🍋 %c[WARNING] Unsupported route config: ${text}`,
    "color:rgb(251, 184, 0)",
  );
}

function handlerOf<State>(
  mod: FreshFsMod<State>,
): FreshFsMod<State>["handler"] {
  return mod.handlers ?? mod.handler;
}

function appComponent<State>(
  mod: FreshFsMod<State>,
  path: string,
): RouteComponent<State> {
  if (typeof mod.default !== "function") {
    throw new Error(`No default export in ${path}`);
  }
  return mod.default as RouteComponent<State>;
}

function layoutDef<State>(
  mod: FreshFsMod<State>,
  path: string,
): LayoutDef<State> {
  if (handlerOf(mod)) warn("Layout does not support handlers");
  return { component: appComponent(mod, path), config: mod.config };
}

function middlewareStep<State>(
  { mod, filePath }: FsRouteFile<State>,
): Middleware<State> {
  const pick = (loaded: FreshFsMod<State>): Middleware<State> => {
    const found = handlerOf(loaded) ?? loaded.default;
    if (Array.isArray(found)) return compileMiddlewares(found);
    if (typeof found === "function") return found as Middleware<State>;
    warn(
      `Middleware does not support object handlers with GET, POST, etc. in ${filePath}`,
    );
    return (ctx) => ctx.next();
  };
  if (typeof mod !== "function") return pick(mod);
  // Loaded by the first request; `runSteps` puts what it loads in its place.
  return (async () => pick(await mod())) as unknown as Middleware<State>;
}

function pageStep<State>(file: FsRouteFile<State>): Middleware<State> {
  const page = fromMod(file, (mod) => errorPage(toRoute(mod, file)));
  return async (ctx) => (page.value ?? await page.load())(ctx);
}

function toRoute<State>(
  mod: FreshFsMod<State>,
  file: FsRouteFile<State>,
): Route<State> {
  const handler = handlerOf(mod);
  if (!handler && !mod.default) {
    throw new Error(
      `No relevant exports in ${file.filePath}: a route needs a "handler" or a default export`,
    );
  }
  const route: Route<State> = { css: mod.css, config: mod.config };
  if (mod.default) route.component = mod.default as RouteComponent<State>;
  if (Array.isArray(handler)) route.handler = compileMiddlewares(handler);
  else if (handler) route.handler = handler as RouteHandler<unknown, State>;
  return route;
}
