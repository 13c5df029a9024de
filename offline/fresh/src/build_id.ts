/** Stands for the id in browser code until the bundler knows it. */
export const BUILD_ID_PLACEHOLDER = "__FRSH_BUILD_ID__";

/** Identifies a build; part of the URL of everything that is cached forever. */
export let BUILD_ID: string = "__FRSH_BUILD_ID__";

/** Called by the build cache, before the first request. */
export function setBuildId(id: string): void {
  BUILD_ID = id;
}

/** Query parameter that marks a URL as cacheable forever. */
export const ASSET_CACHE_BUST_KEY = "__frsh_c";

/**
 * Adds the build id to the URL of a static file.
 *
 * @param path A URL; one on another origin is left alone
 */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  if (path.includes(`${ASSET_CACHE_BUST_KEY}=`)) return path;
  const hash = path.indexOf("#");
  const bare = hash < 0 ? path : path.slice(0, hash);
  const fragment = hash < 0 ? "" : path.slice(hash);
  const joint = bare.includes("?") ? "&" : "?";
  return `${bare}${joint}${ASSET_CACHE_BUST_KEY}=${BUILD_ID}${fragment}`;
}

/** As {@linkcode asset}, for each URL of a `srcset` attribute. */
export function assetSrcSet(srcset: string): string {
  // A data URL may hold the comma that separates candidates.
  if (srcset.includes("(") || srcset.includes("data:")) return srcset;
  return srcset.split(",").map((candidate) =>
    candidate.replace(/^(\s*)(\S+)/, (_, space, url) => space + asset(url))
  ).join(",");
}
