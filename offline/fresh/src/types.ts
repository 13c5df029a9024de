import type {
  AnyComponent,
  ComponentType,
  RenderableProps,
  VNode,
} from "preact";
import type { Context } from "./context.ts";

/** HTTP methods that have a handler of their own. */
export type Method =
  | "GET"
  | "POST"
  | "PATCH"
  | "PUT"
  | "DELETE"
  | "HEAD"
  | "OPTIONS";

/** Loads a value when it is needed for the first time. */
export type Lazy<T> = () => Promise<T>;
/** A value, or what loads it. */
export type MaybeLazy<T> = T | Lazy<T>;

/** Which parents a page or a layout leaves out. */
export interface LayoutConfig {
  /** Leaves out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leaves out the app wrapper. */
  skipAppWrapper?: boolean;
}

/** The `config` export of a route. */
export interface RouteConfig extends LayoutConfig {
  /** A pattern in the place of the one that the file name stands for. */
  routeOverride?: string;
  /** Accepted for the sake of upstream's type; has no effect. */
  csp?: boolean;
  /** Methods that a function handler answers. All, if left out. */
  methods?: "ALL" | Method[];
}

/** Options of `new App()`. */
export interface FreshConfig {
  /** A path that comes before every route, such as `/docs`. */
  basePath?: string;
  /** Usually set by the build. */
  mode?: "development" | "production";
  /** Believes `X-Forwarded-Proto` and `X-Forwarded-Host`. */
  trustProxy?: boolean;
}

/** {@linkcode FreshConfig} with the defaults filled in. */
export interface ResolvedFreshConfig {
  /** The folder of the project. */
  root: string;
  /** `""`, or a path without a slash at its end. */
  basePath: string;
  /** Whether this is the dev server. */
  mode: "development" | "production";
  /** Whether forwarding headers are believed. */
  trustProxy: boolean;
}

/** Answers a request, or has the next one answer it. */
export type Middleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response>;
/** The same, under the name of Fresh 1. */
export type MiddlewareFn<State> = Middleware<State>;

/** A middleware, or what loads one. */
export type MaybeLazyMiddleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response | Middleware<State>>;

/** What a handler may give to its page. */
export interface PageResponse<T> {
  /** The page's `data`. */
  data: T;
  /** Headers of the response. */
  headers?: HeadersInit;
  /** Status of the response. */
  status?: number;
}

/** Answers a request, or gives the page its data. */
export type HandlerFn<Data, State> = (
  ctx: Context<State>,
) => Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;

/** A handler for each method. */
export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** A handler for every method, or one for each. */
export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** The data that a handler gives to its page. */
export type RouteData<
  // deno-lint-ignore no-explicit-any
  Handler extends RouteHandler<any, any>,
> = Handler extends HandlerFn<infer Data, never> ? Data
  // deno-lint-ignore no-explicit-any
  : Handler extends HandlerFn<infer Data, any> ? Data
  // deno-lint-ignore no-explicit-any
  : Handler extends HandlerByMethod<any, any> ? {
      // deno-lint-ignore no-explicit-any
      [M in keyof Handler]: Handler[M] extends HandlerFn<infer Data, any> ? Data
        : never;
    }[keyof Handler]
  : never;

/** What a page, a layout or the app wrapper is given. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    | "config"
    | "url"
    | "req"
    | "params"
    | "info"
    | "state"
    | "isPartial"
    | "Component"
    | "error"
    | "route"
  >
  & { data: Data };

/** An async component: it may fetch, or answer in the place of the page. */
// Parameters exactly as of `FunctionComponent`: otherwise a lambda in `define.page(…)` gets no contextual type.
export type AsyncComponent<Props> = (
  props: RenderableProps<Props>,
  // deno-lint-ignore no-explicit-any
  context?: any,
  // deno-lint-ignore no-explicit-any
) => Promise<VNode<any> | Response | null>;

/** A component for a page, a layout or the app wrapper. */
export type RouteComponent<State> =
  // deno-lint-ignore no-explicit-any
  | AnyComponent<PageProps<any, State>>
  // deno-lint-ignore no-explicit-any
  | AsyncComponent<PageProps<any, State>>;

/** A page: handler, component, or both. */
export interface Route<State> {
  /** Runs first. */
  // deno-lint-ignore no-explicit-any
  handler?: RouteHandler<any, State>;
  /** Renders what the handler gives. */
  component?: RouteComponent<State>;
  /** As the `config` export of a file. */
  config?: RouteConfig;
  /** Stylesheets, as URL paths. */
  css?: string[];
}

/** A component that also runs in the browser. */
export interface Island {
  /** The module's URL path in the browser. */
  file: string;
  /** Its name in the page. */
  name: string;
  /** What the module calls it. */
  exportName: string;
  /** The component. */
  fn: ComponentType;
  /** Stylesheets; always empty here. */
  css: string[];
}

/** Finds the island that a component is. */
export type ServerIslandRegistry = Map<ComponentType, Island>;
