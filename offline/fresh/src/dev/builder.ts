import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type App, type ListenOptions, setBuildCache } from "../app.ts";
import { lazyRoute, type Snapshot, SnapshotCache } from "../build_caches.ts";
import { type Build, makeBuild } from "./build.ts";
import { crawl } from "./crawl.ts";
import { serveDev } from "./server.ts";
import {
  cssAssets,
  type OnTransformOptions,
  type Transform,
  type TransformFn,
} from "./transform.ts";
import { writeBuild } from "./write.ts";

/** Options of {@linkcode Builder}; paths may be relative to `root`. */
export interface BuildOptions {
  /** The folder of the project; the current one, if left out. */
  root?: string;
  /** The module that exports `app`: `main.ts`. */
  serverEntry?: string;
  /** Where the build is written: `_fresh`. */
  outDir?: string;
  /** Static files: `static`. Of two with one name, that of the first wins. */
  staticDir?: string | string[];
  /** Islands: `islands`. */
  islandDir?: string;
  /** Routes: `routes`. */
  routeDir?: string;
  /** Files to leave alone. */
  ignore?: RegExp[];
  /** Accepted for the sake of upstream's type; has no effect. */
  target?: string | string[];
}

/** {@linkcode BuildOptions} with absolute paths and the defaults filled in. */
export interface ResolvedBuildConfig {
  root: string;
  mode: "development" | "production";
  serverEntry: string;
  outDir: string;
  staticDir: string[];
  islandDir: string;
  routeDir: string;
  ignore: RegExp[];
}

/**
 * Builds an app, or serves it while it is worked on.
 *
 * ```ts
 * const builder = new Builder();
 * if (Deno.args.includes("build")) await builder.build();
 * else await builder.listen(() => import("./main.ts"));
 * ```
 */
export class Builder {
  /** The configuration. */
  config: ResolvedBuildConfig;
  #islands: string[] = [];
  #transforms: Transform[] = [cssAssets];

  /** @param options See {@linkcode BuildOptions} */
  constructor(options: BuildOptions = {}) {
    const root = toPath(options.root ?? ".", Deno.cwd());
    const at = (path: string) => toPath(path, root);
    this.config = {
      root,
      mode: "production",
      serverEntry: at(options.serverEntry ?? "main.ts"),
      outDir: at(options.outDir ?? "_fresh"),
      staticDir: [options.staticDir ?? "static"].flat().map(at),
      islandDir: at(options.islandDir ?? "islands"),
      routeDir: at(options.routeDir ?? "routes"),
      ignore: options.ignore ?? [],
    };
  }

  /** Adds an island that is in no islands folder, by path or `file:` URL. */
  registerIsland(specifier: string): void {
    this.#islands.push(toPath(specifier, this.config.root));
  }

  /** Transforms static files; the first to be registered runs first. */
  onTransformStaticFile(options: OnTransformOptions, fn: TransformFn): void {
    this.#transforms.push({ options, fn });
  }

  /**
   * Serves the app, and reloads pages when it changes. Run it under
   * `deno run --watch`, which restarts it when a module changes.
   *
   * @param importApp Imports the app, or the module that exports it as `app`
   * @param options Those of `Deno.serve`
   */
  async listen<State>(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    this.config.mode = "development";
    const [imported, first] = await Promise.all([
      importApp(),
      this.#make().catch(async (error) => {
        // `--watch` looks at what was imported: what is to be mended, too.
        const { islands } = await crawl(this.config);
        await Promise.allSettled(islands.map(importFile));
        throw error;
      }),
    ]);
    const app = "app" in imported ? imported.app : imported;
    await serveDev({
      app,
      config: this.config,
      first,
      rebuild: () => this.#make(),
      toCache: (build) => this.#toCache<State>(build),
      options,
    });
  }

  /**
   * Builds for production.
   *
   * @param options With `snapshot: "memory"` nothing is written
   * @returns Gives the build to an app: for tests
   * @throws {Error} If server code gets into the browser bundle
   */
  async build(
    options: {
      mode?: "development" | "production";
      snapshot?: "disk" | "memory";
    } = {},
  ): Promise<<State>(app: App<State>) => void> {
    const mode = this.config.mode = options.mode ?? "production";
    const build = await this.#make();
    if (options.snapshot !== "memory") await writeBuild(this.config, build);
    const modules = await this.#importIslands(build);
    return <State>(app: App<State>) => {
      const cache = new SnapshotCache<State>(
        this.config.root,
        this.#snapshot(build, modules),
      );
      setBuildCache(app, cache, mode);
    };
  }

  #make(): Promise<Build> {
    return makeBuild(this.config, this.#islands, this.#transforms);
  }

  async #importIslands(build: Build): Promise<Record<string, unknown>[]> {
    return await Promise.all(
      build.islands.map(({ path }) => importFile(path)),
    );
  }

  async #toCache<State>(build: Build): Promise<SnapshotCache<State>> {
    const modules = await this.#importIslands(build);
    return new SnapshotCache<State>(
      this.config.root,
      this.#snapshot(build, modules),
    );
  }

  #snapshot<State>(
    build: Build,
    modules: Record<string, unknown>[],
  ): Snapshot<State> {
    const { buildId, clientEntry, dependencies } = build;
    return {
      buildId,
      clientEntry,
      dependencies,
      islands: build.islands.map(({ url }, i) => ({
        file: url,
        mod: modules[i]!,
      })),
      routes: build.routes.map(({ id, path }) =>
        lazyRoute(
          id,
          relative(this.config.root, path).replaceAll(sep, "/"),
          () => importFile(path),
        )
      ),
      staticFiles: new Map(
        build.files.map((
          { pathname, content, hash, contentType, immutable },
        ) => [
          pathname,
          { content, hash, contentType, immutable },
        ]),
      ),
    };
  }
}

function importFile(path: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(path).href);
}

function toPath(path: string, root: string): string {
  if (path.startsWith("file:")) return fileURLToPath(path);
  return isAbsolute(path) ? path : resolve(join(root, path));
}
