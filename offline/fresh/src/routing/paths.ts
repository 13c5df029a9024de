/**
 * The pattern that a route file stands for.
 *
 * @param path Path in the routes folder, without extension: `blog/[slug]`
 * @param options `keepGroups` keeps `(group)` folders, for layouts
 * @throws {SyntaxError} If brackets are misplaced
 */
export function pathToPattern(
  path: string,
  options?: { keepGroups: boolean },
): string {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.at(-1) === "index") parts.pop();
  let pattern = "";
  for (const part of parts) {
    if (/^\(.*\)$/.test(part)) {
      if (options?.keepGroups) pattern += `/${part}`;
      continue;
    }
    const optional = /^\[\[(\w+)\]\]$/.exec(part);
    if (optional) {
      // The root has a slash of its own: `/{:name}?`, not `{/:name}?`.
      pattern += pattern === "" ? `/{:${optional[1]}}?` : `{/:${optional[1]}}?`;
      continue;
    }
    pattern += "/" + segmentToPattern(part, path);
  }
  return pattern === "" ? "/" : pattern;
}

function segmentToPattern(part: string, path: string): string {
  const rest = /^\[\.\.\.(\w+)\]$/.exec(part);
  if (rest) return `:${rest[1]}*`;
  if (part.includes("[[") || part.includes("]]")) {
    throw new SyntaxError(
      `An optional parameter must be a whole path segment: ${path}`,
    );
  }
  if (part.includes("][")) {
    throw new SyntaxError(`Two parameters need text between them: ${path}`);
  }
  const pattern = part.replace(/\[(\w+)\]/g, ":$1");
  if (/[[\]]/.test(pattern)) {
    throw new SyntaxError(`Brackets do not match up: ${path}`);
  }
  return pattern;
}

/**
 * Puts a path below another.
 *
 * @param base Path or `*`, as given to `app.use()` or `app.mountApp()`
 * @param path Path or `*` below it
 * @param isMounting Whether `*` stands for "everything at `base`" itself
 */
export function mergePath(
  base: string,
  path: string,
  isMounting: boolean,
): string {
  if (base === "*" || base === "/*" || base === "/") base = "";
  if (path === "*") return isMounting ? base || "*" : `${base}/*`;
  if (path === "" || path === "/") return base || "/";
  const joint = path.startsWith("/") ? "" : "/";
  return `${base.replace(/\/$/, "")}${joint}${path}`;
}

/**
 * The folders that a pattern is in, from the root down.
 *
 * @param path A pattern
 * @param root What the root is called
 * @param includeLast Whether the last part is a folder as well
 */
export function patternToSegments(
  path: string,
  root: string,
  includeLast = false,
): string[] {
  const parts = [root];
  // An optional parameter is not a folder: routes with and without it share one.
  const bare = path.replace(/\{[^}]*\}[?*+]?/g, "");
  const names = bare.split("/").slice(1);
  const last = names.length - 1;
  names.forEach((name, i) => {
    if (name === "" || (i === last && !includeLast)) return;
    parts.push(name);
  });
  return parts;
}

const RANKS: [RegExp, number][] = [
  [/^_app$/, 0],
  [/^_middleware$/, 1],
  [/^_layout$/, 2],
  [/^_(error|404|500)$/, 3],
  [/^_/, 4],
  [/^index$/, 5],
  [/^\(.*\)$/, 7],
  [/^\[\.\.\./, 10],
  [/^\[\[/, 9],
  [/^\[/, 8],
];

function rank(part: string): number {
  for (const [pattern, value] of RANKS) if (pattern.test(part)) return value;
  return part.includes("[") ? 8 : 6;
}

/**
 * Orders route files: what applies to others first, then from the most to the
 * least specific.
 */
export function sortRoutePaths(a: string, b: string): number {
  const left = a.replace(/\.\w+$/, "").split("/");
  const right = b.replace(/\.\w+$/, "").split("/");
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const x = left[i]!;
    const y = right[i]!;
    if (x === y) continue;
    const order = rank(x) - rank(y);
    return order !== 0 ? order : x < y ? -1 : 1;
  }
  return right.length - left.length;
}
