import type { Middleware } from "../types.ts";

/**
 * Redirects so that paths end with a slash, or do not.
 *
 * @param mode Which of the two
 */
export function trailingSlashes<State>(
  mode: "always" | "never",
): Middleware<State> {
  return (ctx) => {
    const { pathname, search } = ctx.url;
    if (pathname === "/") return ctx.next();
    if (mode === "always" && !pathname.endsWith("/")) {
      return ctx.redirect(pathname + "/" + search);
    }
    if (mode === "never" && pathname.endsWith("/")) {
      return ctx.redirect(pathname.slice(0, -1) + search);
    }
    return ctx.next();
  };
}
