import { extname, join, relative, sep } from "node:path";

/** A file of the project that the build has a use for. */
export interface FoundFile {
  /** Absolute path. */
  path: string;
  /** Path in the folder, with slashes. */
  name: string;
}

/** Tests may live beside what they test. */
export const TEST_FILE: RegExp = /[._]test\.(?:[tj]sx?|[mc][tj]s)$/;
const MODULE = /\.(?:[tj]sx?|[mc][tj]s)$/;

/** Every file below a folder, in a stable order; none if it does not exist. */
export async function walk(dir: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  async function visit(folder: string) {
    for await (const entry of Deno.readDir(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) await visit(path);
      else if (entry.isFile) {
        found.push({
          path,
          name: relative(dir, path).replaceAll(sep, "/"),
        });
      }
    }
  }
  try {
    await visit(dir);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

/** What is in the routes and islands folders. */
export interface Crawl {
  routes: { id: string; path: string }[];
  islands: string[];
}

/**
 * Finds routes and islands. `(_islands)` below the routes is an islands folder;
 * any other `(_…)` is left alone.
 */
export async function crawl(
  { routeDir, islandDir, ignore }: {
    routeDir: string;
    islandDir: string;
    ignore: RegExp[];
  },
): Promise<Crawl> {
  const isModule = ({ path }: FoundFile) =>
    MODULE.test(path) && !path.endsWith(".d.ts") && !TEST_FILE.test(path) &&
    !ignore.some((pattern) => pattern.test(path));
  const inRoutes = (await walk(routeDir)).filter(isModule);
  const inIslands = (await walk(islandDir)).filter(isModule);
  const local = inRoutes.filter(({ name }) =>
    /(^|\/)\(_islands\)\//.test(name)
  );
  return {
    routes: inRoutes.filter(({ name }) => !/(^|\/)\(_/.test(name)).map((
      { path, name },
    ) => ({
      id: "/" + name.slice(0, -extname(name).length),
      path,
    })),
    islands: [...inIslands, ...local].map(({ path }) => path),
  };
}
