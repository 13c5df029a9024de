import type { Context } from "../context.ts";
import type { Middleware } from "../types.ts";

/** Options of {@linkcode cors}. */
export type CORSOptions<State> = {
  /** Origins that may read responses: `*`, some, or by a function. */
  origin:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => string | undefined | null);
  /** Methods that may be used. */
  allowMethods?: string[];
  /** Request headers that may be sent; those asked for, if left out. */
  allowHeaders?: string[];
  /** Seconds for which a browser may remember the answer. */
  maxAge?: number;
  /** Whether cookies may be sent. */
  credentials?: boolean;
  /** Response headers that scripts may read. */
  exposeHeaders?: string[];
};

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"];

/** Lets scripts of other origins read responses. */
export function cors<State>(options?: CORSOptions<State>): Middleware<State> {
  const {
    origin = "*",
    allowMethods = METHODS,
    allowHeaders = [],
    exposeHeaders = [],
  } = options ?? {};
  const find = originFinder(origin);
  return async (ctx) => {
    const { headers: asked, method } = ctx.req;
    const allowed = find(asked.get("Origin") ?? "", ctx);
    const given: [string, string][] = [];
    if (allowed) given.push(["Access-Control-Allow-Origin", allowed]);
    if (options?.credentials) {
      given.push(["Access-Control-Allow-Credentials", "true"]);
    }
    if (exposeHeaders.length) {
      given.push(["Access-Control-Expose-Headers", exposeHeaders.join(",")]);
    }

    if (method !== "OPTIONS") {
      const res = await ctx.next();
      // The headers of an upgrade to a WebSocket cannot be changed.
      if (res.status === 101) return res;
      for (const [name, value] of given) res.headers.set(name, value);
      if (origin !== "*") vary(res.headers, "Origin");
      return res;
    }
    const headers = new Headers(given);
    if (origin !== "*") vary(headers, "Origin");
    if (options?.maxAge !== undefined) {
      headers.set("Access-Control-Max-Age", String(options.maxAge));
    }
    if (allowMethods.length) {
      headers.set("Access-Control-Allow-Methods", allowMethods.join(","));
    }
    const wanted = allowHeaders.length
      ? allowHeaders
      : asked.get("Access-Control-Request-Headers")?.split(/\s*,\s*/) ?? [];
    if (wanted.length) {
      headers.set("Access-Control-Allow-Headers", wanted.join(","));
      vary(headers, "Access-Control-Request-Headers");
    }
    return new Response(null, { status: 204, headers });
  };
}

function vary(headers: Headers, name: string): void {
  const list = headers.get("Vary")?.split(/\s*,\s*/) ?? [];
  if (!list.includes(name)) headers.append("Vary", name);
}

function originFinder<State>(
  origin: CORSOptions<State>["origin"],
): (found: string, ctx: Context<State>) => string | undefined | null {
  if (typeof origin === "function") return origin;
  if (origin === "*") return () => "*";
  const list = [origin].flat();
  return (found) => list.includes(found) ? found : null;
}
