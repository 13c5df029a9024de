import { walk } from "./crawl.ts";
import { hash } from "./hash.ts";

const TYPES: Record<string, string> = {
  avif: "image/avif",
  css: "text/css; charset=UTF-8",
  csv: "text/csv; charset=UTF-8",
  gif: "image/gif",
  html: "text/html; charset=UTF-8",
  ico: "image/vnd.microsoft.icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript; charset=UTF-8",
  json: "application/json; charset=UTF-8",
  map: "application/json; charset=UTF-8",
  md: "text/markdown; charset=UTF-8",
  mjs: "text/javascript; charset=UTF-8",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  otf: "font/otf",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml; charset=UTF-8",
  ttf: "font/ttf",
  txt: "text/plain; charset=UTF-8",
  wasm: "application/wasm",
  wav: "audio/wav",
  webm: "video/webm",
  webmanifest: "application/manifest+json; charset=UTF-8",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xml: "application/xml; charset=UTF-8",
  zip: "application/zip",
};

/** The media type that a file's name stands for. */
export function contentType(path: string): string {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return TYPES[extension] ?? "application/octet-stream";
}

/** A static file, by the URL path it is served at. */
export interface StaticEntry {
  /** URL path, encoded as browsers send it. */
  pathname: string;
  /** Absolute path. */
  path: string;
  /** SHA-256. */
  hash: string;
}

/** Finds static files; of two with one name, that of the first folder wins. */
export async function findStatic(
  dirs: string[],
  ignore: string[],
): Promise<StaticEntry[]> {
  const found = new Map<string, StaticEntry>();
  for (const dir of dirs) {
    for (const { path, name } of await walk(dir)) {
      if (ignore.some((folder) => path.startsWith(folder))) continue;
      const pathname = new URL(encodePath(name), "http://localhost").pathname;
      if (found.has(pathname)) continue;
      found.set(pathname, {
        pathname,
        path,
        hash: hash(await Deno.readFile(path)),
      });
    }
  }
  return [...found.values()];
}

/** A file's path as a URL path. */
export function encodePath(name: string): string {
  return "/" + name.split("/").map(encodeURIComponent).join("/");
}
