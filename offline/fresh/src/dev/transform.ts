import { ASSET_CACHE_BUST_KEY, BUILD_ID_PLACEHOLDER } from "../build_id.ts";

/** Which static files a transformation is for. */
export interface OnTransformOptions {
  /** Names it in messages. */
  pluginName: string;
  /** Matches paths. */
  filter: RegExp;
  /** Paths, patterns or globs to leave out. */
  exclude?: (string | RegExp)[];
}

/** A static file to transform. */
export interface OnTransformArgs {
  /** Absolute path. */
  path: string;
  /** Whether this is the dev server. */
  mode: "development" | "production";
  /** Its text. */
  readonly text: string;
  /** Its bytes. */
  content: Uint8Array;
}

/** What a transformation may return: nothing leaves the file as it is. */
export type TransformResult = { content: string | Uint8Array } | void;

/** Transforms a static file. */
export type TransformFn = (
  args: OnTransformArgs,
) => TransformResult | Promise<TransformResult>;

/** A registered transformation. */
export interface Transform {
  options: OnTransformOptions;
  fn: TransformFn;
}

/** Runs the transformations for a file, one after another. */
export async function transformFile(
  transforms: Transform[],
  path: string,
  content: Uint8Array<ArrayBuffer>,
  mode: "development" | "production",
): Promise<Uint8Array<ArrayBuffer>> {
  for (const { options, fn } of transforms) {
    if (!options.filter.test(path)) continue;
    if (options.exclude?.some((pattern) => isExcluded(path, pattern))) continue;
    const args: OnTransformArgs = {
      path,
      mode,
      content,
      get text() {
        return new TextDecoder().decode(content);
      },
    };
    const result = await fn(args);
    if (!result) continue;
    content = typeof result.content === "string"
      ? new TextEncoder().encode(result.content)
      : new Uint8Array(result.content);
  }
  return content;
}

function isExcluded(path: string, pattern: string | RegExp): boolean {
  if (pattern instanceof RegExp) return pattern.test(path);
  if (path.endsWith("/" + pattern)) return true;
  // `**` is any folders, `*` any name: all that a glob needs here.
  const source = pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&")
    .replace(/\*\*\/?|\*/g, (star) => star === "*" ? "[^/]*" : ".*");
  return new RegExp(`^${source}$`).test(path);
}

/** Makes what a stylesheet refers to cacheable for a year. */
export const cssAssets: Transform = {
  options: { pluginName: "fresh:css", filter: /\.css$/ },
  fn({ text }) {
    const content = text.replace(
      /url\(\s*(["']?)(\/(?!\/)[^"'()\s#?]+)(#[^"'()\s]*)?\1\s*\)/g,
      (_, _quote, url, fragment = "") =>
        `url("${url}?${ASSET_CACHE_BUST_KEY}=${BUILD_ID_PLACEHOLDER}${fragment}")`,
    );
    if (content !== text) return { content };
  },
};
