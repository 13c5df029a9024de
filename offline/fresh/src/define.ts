import type { AnyComponent } from "preact";
import type {
  AsyncComponent,
  Middleware,
  PageProps,
  PageResponse,
  RouteData,
  RouteHandler,
} from "./types.ts";

/** Helpers that return what they are given, and give it a type. */
export interface Define<State> {
  /** Types the `handler` export of a route. */
  handlers<
    Data,
    Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>,
  >(handlers: Handlers): typeof handlers;
  /** Types the page of a route: `define.page<typeof handler>(…)`. */
  page<
    // deno-lint-ignore no-explicit-any
    Handler extends RouteHandler<any, State> = never,
    Data = Handler extends RouteHandler<unknown, State> ? RouteData<Handler>
      : never,
    Component extends
      | AnyComponent<PageProps<Data, State>>
      | AsyncComponent<PageProps<Data, State>> =
        | AnyComponent<PageProps<Data, State>>
        | AsyncComponent<PageProps<Data, State>>,
  >(render: Component): Component;
  /** Types a layout. */
  layout<
    Component extends
      | AnyComponent<PageProps<unknown, State>>
      | AsyncComponent<PageProps<unknown, State>> =
        | AnyComponent<PageProps<unknown, State>>
        | AsyncComponent<PageProps<unknown, State>>,
  >(render: Component): Component;
  /** Types one middleware, or a list of them. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(
    middleware: M,
  ): typeof middleware;
}

/**
 * Makes the helpers for one type of state.
 *
 * ```ts
 * export const define = createDefine<State>();
 * ```
 */
export function createDefine<State>(): Define<State> {
  const same = (value: unknown) => value;
  return {
    handlers: same,
    page: same,
    layout: same,
    middleware: same,
  } as unknown as Define<State>;
}

/**
 * What a handler returns to have its page rendered.
 *
 * @param data The page's `data`
 * @param options Headers and status of the response
 */
export function page<T>(
  data: T,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<T>;
/** Has the page rendered without data. */
export function page(): PageResponse<undefined>;
export function page<T>(
  data?: T,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<T | undefined> {
  return { data, headers: options?.headers, status: options?.status };
}
