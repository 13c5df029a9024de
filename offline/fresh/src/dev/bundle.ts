import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILD_ID_PLACEHOLDER } from "../build_id.ts";
import { hash } from "./hash.ts";
import { checkForServerCode, publicEnv } from "./scan.ts";

/** Browser code, before its build id is known. */
export interface Bundle {
  /** Path in the output and content. */
  files: Map<string, string>;
  /** For each entry module, its path in the output. */
  entries: Map<string, string>;
  /** For each file, those that it imports, directly or not. */
  dependencies: Map<string, string[]>;
}

/** The module that revives islands. */
export const CLIENT_ENTRY: string = fileURLToPath(
  import.meta.resolve("../client/boot.ts"),
);

/**
 * Bundles islands for the browser, with what they share in chunks.
 *
 * @param islands Absolute paths
 * @throws {Error} If bundling fails, or server code gets into the bundle
 */
export async function bundle(
  islands: string[],
  minify: boolean,
): Promise<Bundle> {
  const entrypoints = [CLIENT_ENTRY, ...islands];
  const outputDir = join(Deno.cwd(), "_fresh_bundle");
  const result = await Deno.bundle({
    entrypoints,
    outputDir,
    platform: "browser",
    format: "esm",
    codeSplitting: true,
    minify,
    write: false,
  });
  if (!result.success) {
    const text = result.errors.map(({ text, location }) =>
      `${text}${location ? ` (${location.file}:${location.line})` : ""}`
    );
    throw new Error(`Could not bundle the islands:\n${text.join("\n")}`);
  }
  const raw = new Map<string, string>();
  for (const file of result.outputFiles ?? []) {
    const path = relative(outputDir, file.path).replaceAll(sep, "/");
    raw.set(path, publicEnv(file.text()));
  }
  // Output paths are those of the entries below the folder that all share.
  const base = commonFolder(entrypoints);
  const outputs = new Map(entrypoints.map((entry) => {
    const path = relative(base, entry).replaceAll(sep, "/").replace(
      /\.\w+$/,
      ".js",
    );
    if (!raw.has(path)) {
      throw new Error(`No bundle for ${entry}, expected ${path}`);
    }
    return [entry, path];
  }));
  const names = shortNames([...raw.keys()], outputs.get(CLIENT_ENTRY)!);
  const files = new Map(
    [...raw].map((
      [path, code],
    ) => [names.get(path)!, rename(path, code, names)]),
  );
  const entries = new Map(
    [...outputs].map(([entry, path]) => [entry, names.get(path)!]),
  );
  const dependencies = new Map(
    [...files.keys()].map((file) => [file, reach(file, files)]),
  );
  checkForServerCode(files, entries, dependencies);
  return { files, entries, dependencies };
}

function commonFolder(paths: string[]): string {
  let folder = dirname(paths[0]!);
  const isIn = (path: string) => path.startsWith(folder + sep);
  while (!paths.every(isIn) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  return folder;
}

/** One name for each file, without its folders: those are of no use to a browser. */
function shortNames(paths: string[], client: string): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const path of paths) {
    const bare = path === client
      ? "fresh-runtime"
      : posix.basename(path, ".js");
    let name = `${bare}.js`;
    for (let i = 2; taken.has(name); i++) name = `${bare}-${i}.js`;
    taken.add(name);
    names.set(path, name);
  }
  return names;
}

/** Points the imports of a file at the short names. */
function rename(
  path: string,
  code: string,
  names: Map<string, string>,
): string {
  const folder = posix.dirname(path);
  return code.replace(/"(\.\.?\/[^"\n]+\.js)"/g, (text, specifier) => {
    const name = names.get(posix.join(folder, specifier));
    return name ? `"./${name}"` : text;
  });
}

const IMPORT = /(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g;

function reach(start: string, files: Map<string, string>): string[] {
  const found = new Set<string>();
  const queue = [start];
  for (const file of queue) {
    for (const [, specifier] of files.get(file)?.matchAll(IMPORT) ?? []) {
      const path = posix.join(posix.dirname(file), specifier!);
      if (found.has(path) || path === start) continue;
      found.add(path);
      queue.push(path);
    }
  }
  return [...found];
}

/**
 * Names a build after its content, so that the isolates and machines that build
 * the same thing agree.
 */
export function nameBuild(
  { files }: Bundle,
  statics: string[],
): string {
  const all = [...files].sort(([a], [b]) => a < b ? -1 : 1).flat();
  return hash([...all, ...statics].join("\0")).slice(0, 20);
}

/** Fills in the build id. */
export function withBuildId(code: string, buildId: string): string {
  return code.replaceAll(BUILD_ID_PLACEHOLDER, buildId);
}
