import { type BuildCache, emptyBuildCache } from "./build_cache.ts";
import { Context } from "./context.ts";
import { HttpError, STATUS_TEXT } from "./error.ts";
import { fsCommands } from "./fs_routes.ts";
import { type Command, register } from "./routing/commands.ts";
import { mergePath } from "./routing/paths.ts";
import { Router } from "./routing/router.ts";
import { runSteps } from "./routing/run.ts";
import { newSegment, stepsOf } from "./routing/segment.ts";
import type {
  FreshConfig,
  LayoutConfig,
  MaybeLazy,
  MaybeLazyMiddleware,
  Method,
  Middleware,
  ResolvedFreshConfig,
  Route,
  RouteComponent,
  RouteConfig,
} from "./types.ts";
import type {
  WebSocketHandlers,
  WebSocketUpgradeOptions,
} from "./websocket.ts";

/** Options of {@linkcode App.listen}: those of `Deno.serve`. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & { remoteAddress?: string };

/** Stands in for the connection when a handler is called without one. */
export const DEFAULT_CONN_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

/** Gives an app its islands, file routes and static files. */
export let setBuildCache: <State>(
  app: App<State>,
  cache: BuildCache<State>,
  mode: "development" | "production",
) => void;

/**
 * Middlewares and routes, applied from top to bottom.
 *
 * ```ts
 * export const app = new App<State>().use(staticFiles()).fsRoutes();
 * ```
 */
export class App<State> {
  #commands: Command<State>[] = [];
  #cache: BuildCache<State> | null = null;
  /** The configuration, with defaults filled in. */
  config: ResolvedFreshConfig;

  static {
    setBuildCache = (app, cache, mode) => {
      app.#cache = cache;
      app.config = { ...app.config, root: cache.root, mode };
    };
  }

  /** @param config See {@linkcode FreshConfig} */
  constructor(config: FreshConfig = {}) {
    this.config = {
      root: ".",
      basePath: (config.basePath ?? "").replace(/\/$/, ""),
      mode: config.mode ?? "production",
      trustProxy: config.trustProxy ?? false,
    };
  }

  #add(command: Command<State>): this {
    this.#commands.push(command);
    return this;
  }

  #handle(
    method: Method | "ALL",
    path: string,
    steps: MaybeLazyMiddleware<State>[],
  ): this {
    return this.#add({ type: "handler", method, path, steps });
  }

  /** Runs middlewares before every route that follows. */
  use(...middleware: MaybeLazyMiddleware<State>[]): this;
  /** Runs middlewares before the routes below a path that follow. */
  use(path: string, ...middleware: MaybeLazyMiddleware<State>[]): this;
  use(
    first: string | MaybeLazyMiddleware<State>,
    ...rest: MaybeLazyMiddleware<State>[]
  ): this {
    return typeof first === "string"
      ? this.#add({ type: "use", path: first, steps: rest })
      : this.#add({ type: "use", path: "*", steps: [first, ...rest] });
  }

  /** Answers errors with status 404. */
  notFound(page: Route<State> | Middleware<State>): this {
    return this.#add({ type: "notFound", path: "*", page });
  }

  /** Answers errors of the routes below a path. */
  onError(path: string, page: Route<State> | Middleware<State>): this {
    return this.#add({ type: "error", path, page });
  }

  /** Sets the outermost component: `<html>`, `<head>` and `<body>`. */
  appWrapper(component: RouteComponent<State>): this {
    return this.#add({ type: "app", path: "*", component });
  }

  /** Wraps the pages below a path. */
  layout(
    path: string,
    component: RouteComponent<State>,
    config?: LayoutConfig,
  ): this {
    return this.#add({ type: "layout", path, def: { component, config } });
  }

  /** Adds a page with a handler, a component, or both. */
  route(
    path: string,
    route: MaybeLazy<Route<State>>,
    config?: RouteConfig,
  ): this {
    return this.#add({ type: "route", path, route, config });
  }

  /** Answers GET, and HEAD unless there is a handler for it. */
  get(path: string, ...steps: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("GET", path, steps as MaybeLazyMiddleware<State>[]);
  }
  /** Answers POST. */
  post(path: string, ...steps: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("POST", path, steps as MaybeLazyMiddleware<State>[]);
  }
  /** Answers PATCH. */
  patch(path: string, ...steps: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("PATCH", path, steps as MaybeLazyMiddleware<State>[]);
  }
  /** Answers PUT. */
  put(path: string, ...steps: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("PUT", path, steps as MaybeLazyMiddleware<State>[]);
  }
  /** Answers DELETE. */
  delete(path: string, ...steps: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("DELETE", path, steps as MaybeLazyMiddleware<State>[]);
  }
  /** Answers HEAD. */
  head(path: string, ...steps: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("HEAD", path, steps as MaybeLazyMiddleware<State>[]);
  }
  /** Answers every method. */
  all(path: string, ...steps: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle("ALL", path, steps as MaybeLazyMiddleware<State>[]);
  }

  /** Upgrades GET requests for a path to WebSockets. */
  ws(
    path: string,
    handlers: WebSocketHandlers,
    options?: WebSocketUpgradeOptions,
  ): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /** Adds the files of the routes folder, below a path if one is given. */
  fsRoutes(path = "*"): this {
    return this.#add({ type: "fsRoutes", path });
  }

  /** Adds what another app has, below a path. */
  mountApp(path: string, app: App<State>): this {
    for (const command of app.#commands) {
      const inner = mergePath(app.config.basePath, command.path, true);
      this.#add({ ...command, path: mergePath(path, inner, true) });
    }
    return this;
  }

  /** The function that `Deno.serve` takes; tests may call it. */
  handler(): (
    request: Request,
    info?: Deno.ServeHandlerInfo,
  ) => Promise<Response> {
    const { config } = this;
    const cache = this.#cache ?? emptyBuildCache<State>();
    const router = new Router<MaybeLazyMiddleware<State>[]>();
    const root = newSegment<State>(null);
    for (const command of this.#commands) {
      const all = command.type === "fsRoutes"
        ? fsCommands(cache.getFsRoutes(), command.path)
        : [command];
      for (const one of all) register(one, root, router, config.basePath);
    }
    const throwStatus = (status: 404 | 405) => [...stepsOf(root), () => {
      throw new HttpError(status);
    }];
    const notFound = throwStatus(404);
    const wrongMethod = throwStatus(405);
    // Only OPTIONS asks for it, so it is made when it is needed.
    const allow = (
      pattern: string,
    ) => [...stepsOf(root), () =>
      new Response(null, {
        status: 204,
        headers: { Allow: router.methods(pattern).join(", ") },
      })];
    const end = () => Promise.reject(new HttpError(404));

    return async (req, info = DEFAULT_CONN_INFO) => {
      const url = requestUrl(req, config.trustProxy);
      // `new Request(url, { method: "patch" })` stays in lower case.
      const method = req.method.toUpperCase();
      const match = router.match(method, url);
      const { item, pattern } = match;
      const steps = item ??
        (match.methodMatch || pattern === null
          ? notFound
          : method === "OPTIONS"
          ? allow(pattern)
          : wrongMethod);
      const ctx = new Context<State>(
        req,
        url,
        info,
        item ? match.pattern : null,
        match.params,
        config,
        end,
        cache,
      );
      let response: Response;
      try {
        response = await runSteps(steps, ctx);
      } catch (error) {
        response = lastResort(error, config.mode);
      }
      // A GET handler may have answered a HEAD request.
      return method === "HEAD" && response.body !== null
        ? new Response(null, response)
        : response;
    };
  }

  /** Serves the app with `Deno.serve`. */
  async listen(options: ListenOptions = {}): Promise<void> {
    const server = Deno.serve(
      { port: 8000, ...options } as Deno.ServeTcpOptions,
      this.handler(),
    );
    await server.finished;
  }
}

function requestUrl(req: Request, trustProxy: boolean): URL {
  const url = new URL(req.url);
  // `//host` in a redirect made from the path would leave the site.
  if (url.pathname.includes("//")) {
    url.pathname = url.pathname.replace(/\/+/g, "/");
  }
  if (trustProxy) {
    const protocol = req.headers.get("x-forwarded-proto");
    const host = req.headers.get("x-forwarded-host");
    if (protocol) url.protocol = protocol;
    if (host) url.host = host;
  }
  return url;
}

function lastResort(error: unknown, mode: string): Response {
  if (!(error instanceof HttpError) || error.status >= 500) {
    console.error(error);
  }
  if (error instanceof HttpError) {
    const { status } = error;
    const text = error.message || STATUS_TEXT[status] || `Error ${status}`;
    return new Response(text, { status });
  }
  const detail = mode === "development" ? `\n\n${Deno.inspect(error)}` : "";
  return new Response(`Internal server error${detail}`, { status: 500 });
}
