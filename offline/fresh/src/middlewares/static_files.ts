import { ASSET_CACHE_BUST_KEY, BUILD_ID } from "../build_id.ts";
import { buildCacheOf } from "../context.ts";
import type { Middleware } from "../types.ts";

const FOREVER = "public, max-age=31536000, immutable";
const NEVER = "no-cache, no-store, max-age=0, must-revalidate";

/**
 * Serves the static folder and the browser bundle. What has the build's id in
 * its URL is cached for a year; anything else is revalidated by `ETag`.
 *
 * ```ts
 * app.use(staticFiles());
 * ```
 */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { req, url, config } = ctx;
    const { basePath } = config;
    let { pathname } = url;
    if (
      basePath && (pathname === basePath || pathname.startsWith(basePath + "/"))
    ) {
      pathname = pathname.slice(basePath.length) || "/";
    }
    const cache = buildCacheOf(ctx);
    const file = await cache.readFile(pathname) ??
      (isPlain.test(pathname)
        ? null
        : await cache.readFile(reencode(pathname)));
    if (file === null) {
      // Browsers ask for it on their own; it should not start the app's pages.
      return pathname === "/favicon.ico"
        ? new Response(null, { status: 404 })
        : await ctx.next();
    }
    if (req.method !== "GET" && req.method !== "HEAD") {
      file.close();
      return new Response("Method Not Allowed", { status: 405 });
    }

    const headers = new Headers({
      "Content-Type": file.contentType,
      vary: "If-None-Match",
    });
    const isDev = config.mode === "development";
    const key = url.searchParams.get(ASSET_CACHE_BUST_KEY);
    // A URL of an older or newer build must not be remembered under this content.
    if (key !== null && key !== BUILD_ID) {
      file.close();
      url.searchParams.delete(ASSET_CACHE_BUST_KEY);
      return ctx.redirect(url.pathname + url.search, 307);
    }
    if (isDev) {
      headers.set("Cache-Control", NEVER);
    } else {
      if (file.hash !== null) {
        headers.set("ETag", `W/"${file.hash}"`);
        if (isKnown(req.headers.get("If-None-Match"), file.hash)) {
          file.close();
          return new Response(null, { status: 304, headers });
        }
      }
      headers.set(
        "Cache-Control",
        key || file.immutable ? FOREVER : file.hash ? "no-cache" : NEVER,
      );
    }
    headers.set("Content-Length", String(file.size));
    if (req.method === "HEAD") {
      file.close();
      return new Response(null, { headers });
    }
    return new Response(file.readable as BodyInit, { headers });
  };
}

/** A path that has only one encoding. */
const isPlain = /^[\w./-]*$/;

/** Browsers leave some characters alone that a build may have encoded. */
function reencode(pathname: string): string {
  try {
    return pathname.split("/").map((part) =>
      encodeURIComponent(decodeURIComponent(part))
    ).join("/");
  } catch {
    return pathname;
  }
}

/** Whether the browser has this version. Tags are weak: servers compress. */
function isKnown(header: string | null, hash: string): boolean {
  if (header === null) return false;
  return header.split(",").some((tag) =>
    tag.trim().replace(/^W\//, "").replace(/^"|"$/g, "") === hash
  );
}
