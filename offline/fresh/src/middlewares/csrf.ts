import type { Context } from "../context.ts";
import { HttpError } from "../error.ts";
import type { Middleware } from "../types.ts";

/** Options of {@linkcode csrf}. */
// deno-lint-ignore no-explicit-any
export interface CsrfOptions<State = any> {
  /** Origins that may send requests, besides the app's own. */
  origin?:
    | string
    | string[]
    | ((origin: string, context: Context<State>) => boolean);
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests that would change something and come from another site, by
 * `Sec-Fetch-Site` and `Origin`. WebSockets begin with GET and pass: their
 * handlers must look at `Origin` themselves.
 *
 * @throws {HttpError} 403
 */
export function csrf<State>(options?: CsrfOptions<State>): Middleware<State> {
  const isAllowed = allows(options?.origin);
  return (ctx) => {
    const { headers, method } = ctx.req;
    if (SAFE.has(method)) return ctx.next();
    const site = headers.get("Sec-Fetch-Site");
    const origin = headers.get("Origin");
    if (site === "same-origin" || site === "none") return ctx.next();
    // Neither header: not a browser, so nobody's cookies are abused.
    if (site === null && origin === null) return ctx.next();
    if (origin !== null && isAllowed(origin, ctx)) return ctx.next();
    throw new HttpError(403);
  };
}

function allows<State>(
  origin: CsrfOptions<State>["origin"],
): (found: string, ctx: Context<State>) => boolean {
  if (origin === undefined) return (found, ctx) => found === ctx.url.origin;
  if (typeof origin === "function") return origin;
  const list = [origin].flat();
  return (found) => list.includes(found);
}
