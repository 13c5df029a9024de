import { compilePattern, IS_PATTERN, type PathMatcher } from "./pattern.ts";

/** A method, or every one of them. */
export type RouteMethod = string;

/** What {@linkcode Router.match} found. */
export interface RouteResult<T> {
  /** Decoded parameters of the path. */
  params: Record<string, string>;
  /** What was added for the path and method. */
  item: T | null;
  /** Whether the path was added for this method. */
  methodMatch: boolean;
  /** The pattern as it was added. */
  pattern: string | null;
}

interface Entry<T> {
  pattern: string;
  byMethod: Map<string, T>;
  match: PathMatcher;
}

const NO_PARAMS: Record<string, string> = Object.freeze(Object.create(null));

/**
 * Finds routes: a map for paths without parameters, then patterns in the order
 * in which they were added. Everything is compiled when it is added.
 */
export class Router<T> {
  #statics = new Map<string, Entry<T>>();
  #dynamics: Entry<T>[] = [];
  #byPattern = new Map<string, Entry<T>>();

  /**
   * @param method An HTTP method, or `ALL`
   * @param pattern A path or `URLPattern` pathname; the first to be added wins
   */
  add(method: RouteMethod, pattern: string, item: T): void {
    if (pattern === "*") pattern = "/*";
    let entry = this.#byPattern.get(pattern);
    if (!entry) {
      const isPattern = IS_PATTERN.test(pattern);
      entry = {
        pattern,
        byMethod: new Map(),
        match: isPattern ? compilePattern(pattern) : () => NO_PARAMS,
      };
      this.#byPattern.set(pattern, entry);
      if (isPattern) this.#dynamics.push(entry);
      else {this.#statics.set(
          new URL(pattern, "http://localhost").pathname,
          entry,
        );}
    }
    if (!entry.byMethod.has(method)) entry.byMethod.set(method, item);
  }

  /** The methods that a pattern was added for. */
  methods(pattern: string): string[] {
    return [...this.#byPattern.get(pattern)?.byMethod.keys() ?? []];
  }

  /** Finds the route for a request. */
  match(method: string, url: URL): RouteResult<T> {
    const { pathname } = url;
    let wrongMethod: string | null = null;
    const exact = this.#statics.get(pathname) ??
      this.#statics.get(toggleSlash(pathname));
    if (exact) return result(exact, method, NO_PARAMS);

    for (let i = 0; i < this.#dynamics.length; i++) {
      const entry = this.#dynamics[i]!;
      const params = entry.match(pathname);
      if (params === null) continue;
      const found = result(entry, method, params);
      if (found.methodMatch) return found;
      wrongMethod ??= entry.pattern;
    }
    return {
      params: NO_PARAMS,
      item: null,
      methodMatch: wrongMethod === null,
      pattern: wrongMethod,
    };
  }
}

/** `/a` and `/a/` are one page, unless both were added. */
function toggleSlash(pathname: string): string {
  return pathname.endsWith("/") ? pathname.slice(0, -1) : pathname + "/";
}

function result<T>(
  entry: Entry<T>,
  method: string,
  params: Record<string, string>,
): RouteResult<T> {
  const { byMethod, pattern } = entry;
  const item = byMethod.get(method) ??
    (method === "HEAD" ? byMethod.get("GET") : undefined) ??
    byMethod.get("ALL");
  if (item === undefined) {
    return { params: NO_PARAMS, item: null, methodMatch: false, pattern };
  }
  return { params, item, methodMatch: true, pattern };
}
