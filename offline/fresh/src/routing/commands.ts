import type { LayoutDef } from "../context.ts";
import type {
  MaybeLazy,
  MaybeLazyMiddleware,
  Method,
  Middleware,
  Route,
  RouteComponent,
  RouteConfig,
} from "../types.ts";
import { mergePath } from "./paths.ts";
import { errorPage, methodsOf, respond } from "./route.ts";
import type { Router } from "./router.ts";
import {
  type Deferred,
  ready,
  type Segment,
  segmentAt,
  stepsOf,
} from "./segment.ts";

/** One call to a method of `App`, or one file of the routes folder. */
export type Command<State> =
  & {
    /** Path, pattern, or `*` for everything. */
    path: string;
    /** The folder, where it is not the path: files in `(groups)`. */
    folder?: string;
  }
  & (
    | { type: "use"; steps: MaybeLazyMiddleware<State>[] }
    | {
      type: "app";
      component: RouteComponent<State> | Deferred<RouteComponent<State>>;
    }
    | { type: "layout"; def: LayoutDef<State> | Deferred<LayoutDef<State>> }
    | { type: "error"; page: Route<State> | Middleware<State> }
    | { type: "notFound"; page: Route<State> | Middleware<State> }
    | { type: "route"; route: MaybeLazy<Route<State>>; config?: RouteConfig }
    | {
      type: "handler";
      method: Method | "ALL";
      steps: MaybeLazyMiddleware<State>[];
    }
    | { type: "fsRoutes" }
  );

/** Applies a command to the folders and the router. */
export function register<State>(
  command: Command<State>,
  root: Segment<State>,
  router: Router<MaybeLazyMiddleware<State>[]>,
  basePath: string,
): void {
  const segment = segmentAt(root, command.folder ?? command.path, true);
  switch (command.type) {
    case "use":
      segment.middlewares.push(...command.steps);
      break;
    case "app":
      segment.app = toDeferred(command.component);
      break;
    case "layout":
      segment.layout = toDeferred(command.def);
      break;
    case "error":
      segment.onError = errorPage(command.page);
      break;
    case "notFound":
      segment.notFound = errorPage(command.page);
      break;
    case "handler":
      router.add(
        command.method,
        mergePath(basePath, command.path, false),
        [...stepsOf(segment), ...command.steps],
      );
      break;
    case "route": {
      const pattern = mergePath(basePath, command.path, false);
      const steps = [
        ...stepsOf(segment),
        routeStep(command.route, command.config),
      ];
      const methods = typeof command.route === "function"
        ? command.config?.methods ?? "ALL"
        : methodsOf({ config: command.config, ...command.route });
      if (methods === "ALL") router.add("ALL", pattern, steps);
      else for (const method of methods) router.add(method, pattern, steps);
    }
  }
}

function routeStep<State>(
  route: MaybeLazy<Route<State>>,
  config?: RouteConfig,
): MaybeLazyMiddleware<State> {
  if (typeof route !== "function") {
    const merged = config
      ? { ...route, config: { ...config, ...route.config } }
      : route;
    return (ctx) => respond(ctx, merged);
  }
  return async () => {
    const loaded = await route();
    return routeStep(loaded, config) as Middleware<State>;
  };
}

function toDeferred<T extends object>(value: T | Deferred<T>): Deferred<T> {
  return "load" in value && typeof value.load === "function"
    ? value as Deferred<T>
    : ready(value as T);
}
