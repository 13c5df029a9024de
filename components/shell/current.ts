/**
 * `aria-current` of a link in the frame. Written out also where it is not current: Fresh would mark every link above
 * the page, which would highlight Home everywhere.
 */
export function current(here: string, path: string): "page" | "false" {
  return here.split(/[?#]/)[0]!.replace(/(.)\/$/, "$1") === path
    ? "page"
    : "false";
}
