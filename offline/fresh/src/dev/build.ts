import { join, sep } from "node:path";
import { setBuildId } from "../build_id.ts";
import type { ResolvedBuildConfig } from "./builder.ts";
import { bundle, CLIENT_ENTRY, nameBuild, withBuildId } from "./bundle.ts";
import { crawl } from "./crawl.ts";
import { hash } from "./hash.ts";
import { contentType, findStatic } from "./static.ts";
import { type Transform, transformFile } from "./transform.ts";

/** A file to serve. */
export interface BuiltFile {
  /** URL path. */
  pathname: string;
  content: Uint8Array<ArrayBuffer>;
  hash: string;
  contentType: string;
  /** Whether the URL names its content. */
  immutable?: boolean;
}

/** Everything that a build makes, before it is written or served. */
export interface Build {
  buildId: string;
  /** URL path of the script that revives islands. */
  clientEntry: string;
  islands: { path: string; url: string }[];
  routes: { id: string; path: string }[];
  dependencies: Record<string, string[]>;
  files: BuiltFile[];
}

/** Crawls, bundles and transforms. */
export async function makeBuild(
  config: ResolvedBuildConfig,
  registered: string[],
  transforms: Transform[],
): Promise<Build> {
  const { mode } = config;
  const { routes, islands } = await crawl(config);
  const paths = [...new Set([...islands, ...registered])];
  const [code, statics] = await Promise.all([
    bundle(paths, mode === "production"),
    // The output folder may be below a static one, in tests for one.
    findStatic(config.staticDir, [config.outDir + sep]),
  ]);
  const buildId = nameBuild(
    code,
    statics.map(({ hash, pathname }) => pathname + hash),
  );
  setBuildId(buildId);

  const encoder = new TextEncoder();
  const files: BuiltFile[] = [];
  const toUrl = (file: string) => `/_fresh/js/${buildId}/${file}`;
  for (const [file, text] of code.files) {
    const content = encoder.encode(withBuildId(text, buildId));
    files.push({
      pathname: toUrl(file),
      content,
      hash: hash(content),
      contentType: contentType(file),
      immutable: true,
    });
  }
  for (const { path, pathname } of statics) {
    const raw = await Deno.readFile(path);
    let content = await transformFile(transforms, path, raw, mode);
    if (path.endsWith(".css") && content !== raw) {
      content = encoder.encode(
        withBuildId(new TextDecoder().decode(content), buildId),
      );
    }
    files.push({
      pathname,
      content,
      hash: hash(content),
      contentType: contentType(path),
    });
  }
  return {
    buildId,
    clientEntry: toUrl(code.entries.get(CLIENT_ENTRY)!),
    islands: paths.map((path) => ({
      path,
      url: toUrl(code.entries.get(path)!),
    })),
    routes,
    dependencies: Object.fromEntries(
      [...code.dependencies].map((
        [file, others],
      ) => [toUrl(file), others.map(toUrl)]),
    ),
    files,
  };
}

/** Where a served file is written, below the output folder. */
export function outputPath({ pathname }: BuiltFile): string {
  return join(
    "static",
    ...pathname.split("/").filter(Boolean).map(decodeURIComponent),
  );
}
