/**
 * An icon of Lucide's (ISC licence) by its path. Islands draw with this: `lucide-preact` is 2 kB of machinery, which
 * costs nothing where the server draws and would be a tenth of a first visit.
 */
export function Glyph(
  { d, size = 16, class: name }: { d: string; size?: number; class?: string },
) {
  return (
    <svg
      class={name}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}
