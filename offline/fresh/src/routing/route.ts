import { h } from "preact";
import { type Context, internalsOf, propsOf } from "../context.ts";
import { HttpError } from "../error.ts";
import type {
  AsyncComponent,
  HandlerFn,
  Method,
  Middleware,
  PageProps,
  PageResponse,
  Route,
  RouteComponent,
} from "../types.ts";
import { addLayout } from "./segment.ts";

/** The methods that have a handler, or that a page answers by itself. */
export function methodsOf<State>(route: Route<State>): Method[] | "ALL" {
  const { handler, component, config } = route;
  if (typeof handler === "function") return config?.methods ?? "ALL";
  const methods = Object.keys(handler ?? {}) as Method[];
  if (component && !methods.includes("GET")) methods.push("GET");
  return methods;
}

/** Runs the handler of a route, then renders its page. */
export async function respond<State>(
  ctx: Context<State>,
  route: Route<State>,
  status?: number,
): Promise<Response> {
  const internals = internalsOf(ctx);
  if (route.config) addLayout(internals, { config: route.config });
  if (route.css) internals.css.push(...route.css);

  let given: PageResponse<unknown> | undefined;
  const handler = handlerFor(route, ctx.req.method.toUpperCase());
  if (handler) {
    const result = await handler(ctx);
    if (result instanceof Response) return result;
    if (typeof result !== "object" || result === null) {
      throw new Error(
        `A handler must return a Response, page() or { data }, not: ${result}`,
      );
    }
    given = result;
    ctx.data = given.data;
  } else if (!route.component) {
    throw new HttpError(404);
  }
  if (!route.component) {
    throw new Error("A handler gave data to a page, but there is no page");
  }
  const content = await renderComponent(ctx, route.component);
  if (content instanceof Response) return content;
  return ctx.render(content, {
    status: given?.status ?? status ?? 200,
    headers: given?.headers,
  });
}

function handlerFor<State>(
  { handler, component }: Route<State>,
  method: string,
): HandlerFn<unknown, State> | undefined {
  if (typeof handler === "function") return handler;
  const own = handler?.[method as Method];
  if (own || !handler) return own;
  if (method === "HEAD") return handler.GET;
  if (method === "GET" && component) return undefined;
  // Only a lazy route gets here, as it is asked for every method until it is
  // loaded. Upstream says 404 then, where an eager route is 405.
  throw new HttpError(404);
}

/** Calls an async component now; leaves any other to the renderer. */
export function renderComponent<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  // deno-lint-ignore no-explicit-any -- a vnode, or a Response
): any {
  if (component.constructor.name === "AsyncFunction") {
    return (component as AsyncComponent<PageProps<unknown, State>>)(
      propsOf(ctx),
    );
  }
  // deno-lint-ignore no-explicit-any
  return h(component as any, propsOf(ctx) as any);
}

/** An error page as a middleware: its status is that of the error. */
export function errorPage<State>(
  page: Route<State> | Middleware<State>,
): Middleware<State> {
  if (typeof page === "function") return page;
  return (ctx) => {
    const { error } = ctx;
    const status = error instanceof HttpError ? error.status : 500;
    // A page that only handles GET is shown for a failed POST, too.
    const route = typeof page.handler === "object"
      ? {
        ...page,
        handler: page.handler[ctx.req.method as Method] ?? page.handler.GET,
      }
      : page;
    return respond(ctx, route, status);
  };
}
