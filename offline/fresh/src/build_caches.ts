import { join } from "node:path";
import { setBuildId } from "./build_id.ts";
import type { BuildCache, StaticFile } from "./build_cache.ts";
import type { FreshFsMod, FsRouteFile } from "./fs_routes.ts";
import type { ComponentType } from "preact";
import type { Island, ServerIslandRegistry } from "./types.ts";

/** The module of an island. */
export interface IslandModule {
  /** URL path of its module in the browser. */
  file: string;
  /** The module, as the server imports it. */
  mod: Record<string, unknown>;
}

/** What a build leaves behind: the exports of `_fresh/snapshot.js`. */
export interface Snapshot<State = unknown> {
  buildId: string;
  clientEntry: string;
  islands: IslandModule[];
  routes: FsRouteFile<State>[];
  dependencies: Record<string, string[]>;
  /** Static files by URL path; `filePath` is below the project's folder. */
  staticFiles: Map<string, StaticInfo>;
}

/** A static file in a snapshot. */
export interface StaticInfo {
  hash: string;
  contentType: string;
  immutable?: boolean;
  /** Where it is on disk. */
  filePath?: string;
  /** Or what it is. */
  content?: Uint8Array<ArrayBuffer>;
}

/** Content that is kept in memory once it was read, in bytes a file. */
const KEEP = 1 << 20;

/** A build as an app sees it. */
export class SnapshotCache<State> implements BuildCache<State> {
  root: string;
  clientEntry: string;
  islandRegistry: ServerIslandRegistry;
  devScript?: string;
  #snapshot: Snapshot<State>;

  /** @param root The folder of the project */
  constructor(root: string, snapshot: Snapshot<State>) {
    this.root = root;
    this.#snapshot = snapshot;
    this.clientEntry = snapshot.clientEntry;
    this.islandRegistry = registry(snapshot.islands);
    setBuildId(snapshot.buildId);
  }

  getFsRoutes(): FsRouteFile<State>[] {
    return this.#snapshot.routes;
  }

  dependencies(file: string): string[] {
    return this.#snapshot.dependencies[file] ?? [];
  }

  async readFile(pathname: string): Promise<StaticFile | null> {
    const info = this.#snapshot.staticFiles.get(pathname);
    if (!info) return null;
    const { hash, contentType, immutable } = info;
    if (!info.content) {
      const file = await Deno.open(join(this.root, info.filePath!));
      const { size } = await file.stat();
      if (size > KEEP) {
        const close = () => file.close();
        return {
          hash,
          contentType,
          immutable,
          size,
          readable: file.readable,
          close,
        };
      }
      file.close();
      info.content = await Deno.readFile(join(this.root, info.filePath!));
    }
    const { content } = info;
    return {
      hash,
      contentType,
      immutable,
      size: content.byteLength,
      readable: content,
      close() {},
    };
  }
}

function registry(modules: IslandModule[]): ServerIslandRegistry {
  const found: ServerIslandRegistry = new Map();
  for (const { file, mod } of modules) {
    for (const [exportName, value] of Object.entries(mod)) {
      if (typeof value !== "function") continue;
      const fallback = file.split("/").at(-1)!.replace(/\.\w+$/, "");
      const island: Island = {
        file,
        exportName,
        name: exportName === "default" ? value.name || fallback : exportName,
        fn: value as ComponentType,
        css: [],
      };
      found.set(island.fn, island);
    }
  }
  return found;
}

/** A route's module, loaded by its first request. */
export function lazyRoute<State>(
  id: string,
  filePath: string,
  load: () => Promise<unknown>,
): FsRouteFile<State> {
  return { id, filePath, mod: load as () => Promise<FreshFsMod<State>> };
}
