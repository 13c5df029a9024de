/**
 * Marks links to the page that is shown, and to those it is below, for CSS and
 * for screen readers.
 *
 * @param props Of an `<a>`
 * @param here The URL of the page
 */
export function currentLink(
  props: Record<string, unknown>,
  here: URL,
): Record<string, string> | null {
  const { href } = props;
  if (typeof href !== "string" || !/^\/(?!\/)/.test(href)) return null;
  // Who says what a link is to the page knows better.
  if ("aria-current" in props) return null;
  const [address = ""] = href.split("#", 1);
  const [path = "", query] = address.split("?", 2);
  const target = trim(path);
  const current = trim(here.pathname);
  if (target === current) {
    return query === undefined || `?${query}` === here.search
      ? { "data-current": "true", "aria-current": "page" }
      : { "data-ancestor": "true", "aria-current": "true" };
  }
  const isAbove = current.startsWith(target === "/" ? "/" : `${target}/`);
  return isAbove ? { "data-ancestor": "true", "aria-current": "true" } : null;
}

function trim(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}
