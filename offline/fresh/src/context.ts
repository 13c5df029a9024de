import {
  Fragment,
  type FunctionComponent,
  h,
  isValidElement,
  type VNode,
} from "preact";
import type { BuildCache } from "./build_cache.ts";
import { HttpError } from "./error.ts";
import { renderComponent } from "./routing/route.ts";
import { renderDocument } from "./server/document.ts";
import type {
  LayoutConfig,
  PageProps,
  ResolvedFreshConfig,
  RouteComponent,
} from "./types.ts";
import {
  upgrade,
  type WebSocketHandlers,
  type WebSocketUpgradeOptions,
} from "./websocket.ts";

/** A layout, or only its options. */
export interface LayoutDef<State> {
  component?: RouteComponent<State>;
  config?: LayoutConfig;
}

/** What the framework keeps about a request. */
export interface Internals<State> {
  app: RouteComponent<State> | null;
  layouts: LayoutDef<State>[];
  css: string[];
}

/** The framework's side of a context. */
export let internalsOf: <State>(ctx: Context<State>) => Internals<State>;

/** The build that a context belongs to. */
export let buildCacheOf: <State>(ctx: Context<State>) => BuildCache<State>;

const PARTIAL = "fresh-partial";

/** What the browser gets as headers of a page. */
const HTML = "text/html; charset=utf-8";

/** A request, what is known about it, and ways to answer it. */
export class Context<State> {
  #internals: Internals<State> = { app: null, layouts: [], css: [] };
  #buildCache: BuildCache<State>;
  static {
    internalsOf = (ctx) => ctx.#internals;
    buildCacheOf = (ctx) => ctx.#buildCache;
  }

  /** The configuration of the app. */
  readonly config: ResolvedFreshConfig;
  /** The URL of the request. */
  readonly url: URL;
  /** The request. */
  req: Request;
  /** The pattern of the route; `null` if none matches. */
  readonly route: string | null;
  /** The parameters of the path. */
  readonly params: Record<string, string>;
  /** What middlewares leave for those after them. */
  readonly state: State = {} as State;
  /** What the handler gave to its page. */
  // deno-lint-ignore no-explicit-any
  data: any = undefined;
  /** What was thrown, for error pages. */
  error: unknown | null = null;
  /** The connection. */
  readonly info: Deno.ServeHandlerInfo;
  /** Has the next middleware answer. */
  next: () => Promise<Response>;
  /** What a layout or app wrapper wraps. */
  Component!: FunctionComponent;

  /** Made by `app.handler()`. */
  constructor(
    req: Request,
    url: URL,
    info: Deno.ServeHandlerInfo,
    route: string | null,
    params: Record<string, string>,
    config: ResolvedFreshConfig,
    next: () => Promise<Response>,
    buildCache: BuildCache<State>,
  ) {
    this.req = req;
    this.url = url;
    this.info = info;
    this.route = route;
    this.params = params;
    this.config = config;
    this.next = next;
    this.#buildCache = buildCache;
  }

  /** Whether only partials are asked for. They are not implemented here. */
  get isPartial(): boolean {
    return this.url.searchParams.has(PARTIAL);
  }

  /**
   * Redirects. `//host` is a path here, never another host.
   *
   * @param pathOrUrl Where to
   * @param status A 3xx status
   */
  redirect(pathOrUrl: string, status = 302): Response {
    let location = pathOrUrl;
    if (location.startsWith("/")) {
      const end = location.search(/[?#]/);
      const path = end < 0 ? location : location.slice(0, end);
      location = path.replace(/\/{2,}/g, "/") + location.slice(path.length);
    }
    // `this.url` is missing when called on the prototype, as upstream allows.
    if (this.url?.searchParams.has(PARTIAL)) {
      const [path = "", hash] = location.split("#", 2);
      const joint = path.includes("?") ? "&" : "?";
      location = `${path}${joint}${PARTIAL}=true${hash ? `#${hash}` : ""}`;
    }
    return new Response(null, { status, headers: { location } });
  }

  /**
   * Renders a page with its layouts and app wrapper.
   *
   * @param vnode The page
   * @param init Status and headers of the response
   * @param config Which wrappers to leave out
   */
  async render(
    // deno-lint-ignore no-explicit-any
    vnode: VNode<any> | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    if (arguments.length === 0) {
      throw new Error("No arguments passed to: ctx.render()");
    }
    if (vnode !== null && !isValidElement(vnode)) {
      throw new Error(`Non-JSX element passed to: ctx.render()`);
    }
    const { app, layouts, css } = this.#internals;
    const wrappers = config.skipInheritedLayouts
      ? []
      : layouts.map((layout) => layout.component!);
    if (app && !config.skipAppWrapper) wrappers.unshift(app);
    // deno-lint-ignore no-explicit-any
    let content: any = vnode;
    for (const wrapper of wrappers.toReversed()) {
      const child = content;
      this.Component = () => child;
      content = await renderComponent(this, wrapper);
      if (content instanceof Response) return content;
    }
    return renderDocument(content ?? h(Fragment, null), {
      url: this.url,
      init,
      css,
      basePath: this.config.basePath,
      buildCache: this.#buildCache as BuildCache<unknown>,
    });
  }

  /** Answers with plain text. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Answers with HTML. */
  html(content: string, init?: ResponseInit): Response {
    const headers = new Headers(init?.headers);
    headers.set("Content-Type", HTML);
    return new Response(content, { ...init, headers });
  }

  /** Answers with JSON. */
  // deno-lint-ignore no-explicit-any
  json(content: any, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /** Answers with what an iterable yields, as it comes. */
  stream<U extends string | Uint8Array>(
    stream:
      | Iterable<U>
      | AsyncIterable<U>
      | (() => Iterable<U> | AsyncIterable<U>),
    init?: ResponseInit,
  ): Response {
    const chunks = typeof stream === "function" ? stream() : stream;
    const encoder = new TextEncoder();
    const body = ReadableStream.from(chunks).pipeThrough(
      new TransformStream<U, Uint8Array>({
        transform(chunk, controller) {
          controller.enqueue(
            typeof chunk === "string" ? encoder.encode(chunk) : chunk,
          );
        },
      }),
    );
    return new Response(body, init);
  }

  /**
   * Upgrades to a WebSocket, whose events the caller wires up.
   * @throws {HttpError} 400 if the request does not ask for it
   */
  upgrade(
    options?: WebSocketUpgradeOptions,
  ): { socket: WebSocket; response: Response };
  /** Upgrades to a WebSocket with these handlers. */
  upgrade(
    handlers: WebSocketHandlers,
    options?: WebSocketUpgradeOptions,
  ): Response;
  upgrade(
    first?: WebSocketHandlers | WebSocketUpgradeOptions,
    options?: WebSocketUpgradeOptions,
  ): Response | { socket: WebSocket; response: Response } {
    if (this.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new HttpError(400, "Expected a WebSocket upgrade request");
    }
    return upgrade(this.req, first, options);
  }
}

/** The name of Fresh 1. */
export type FreshContext<State = unknown> = Context<State>;

/** What components get: the context's data without its methods. */
export function propsOf<State>(ctx: Context<State>): PageProps<unknown, State> {
  return {
    config: ctx.config,
    url: ctx.url,
    req: ctx.req,
    params: ctx.params,
    info: ctx.info,
    state: ctx.state,
    isPartial: ctx.isPartial,
    Component: ctx.Component,
    error: ctx.error,
    route: ctx.route,
    data: ctx.data,
  };
}
