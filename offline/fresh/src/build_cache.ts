import type { FsRouteFile } from "./fs_routes.ts";
import type { ServerIslandRegistry } from "./types.ts";

/** A file of the static folder or of the browser bundle. */
export interface StaticFile {
  /** Hash of its content. */
  hash: string | null;
  /** Bytes. */
  size: number;
  /** Its content. */
  readable: ReadableStream<Uint8Array> | Uint8Array;
  /** Value of `Content-Type`. */
  contentType: string;
  /** Frees what is behind `readable`. */
  close(): void;
  /** Whether the URL names its content. */
  immutable?: boolean;
}

/** What a build gives to an app. */
export interface BuildCache<State = unknown> {
  /** The folder of the project. */
  root: string;
  /** URL path of the script that revives islands. */
  clientEntry: string;
  /** Finds the island that a component is. */
  islandRegistry: ServerIslandRegistry;
  /** Files of the routes folder. */
  getFsRoutes(): FsRouteFile<State>[];
  /** Finds a static file by URL path. */
  readFile(pathname: string): Promise<StaticFile | null>;
  /** URL paths of the modules that one of the bundle's imports. */
  dependencies?(file: string): string[];
  /** Markup for the end of every page: live reload. */
  devScript?: string;
}

/** For apps without a build: no islands, no files. */
export function emptyBuildCache<State>(): BuildCache<State> {
  return {
    root: "",
    clientEntry: "",
    islandRegistry: new Map(),
    getFsRoutes: () => [],
    readFile: () => Promise.resolve(null),
  };
}
