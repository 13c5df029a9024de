/**
 * A path of this site to go back to. Anything else (`//evil.example`, `/\evil.example`, a full address) becomes
 * `fallback`: a sign-in page that sends people elsewhere is a gift to phishers.
 */
export function localPath(
  path: string | null | undefined,
  fallback = "/",
): string {
  if (!path || !/^\/(?![/\\])/.test(path) || path.length > 2_000) {
    return fallback;
  }
  try {
    const url = new URL(path, "http://local.invalid");
    // Dots resolved away can leave two slashes in front.
    if (url.host !== "local.invalid" || url.pathname.startsWith("//")) {
      return fallback;
    }
    return url.pathname + url.search + url.hash;
  } catch {
    return fallback;
  }
}

/** Where to sign in before going on to `path`. */
export function signInPath(path: string): string {
  return path === "/"
    ? "/sign-in"
    : `/sign-in?next=${encodeURIComponent(path)}`;
}
