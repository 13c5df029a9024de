/** Where one writes: nothing may lie on it, least of all on its button. */
const COMPOSER = "main .composer";

/** Puts the toasts above the composer, and out of the way of what has the focus; the rest is CSS. */
function place(layer: HTMLElement): void {
  const composer = document.querySelector(COMPOSER)?.getBoundingClientRect();
  if (composer && composer.height > 0) {
    layer.style.setProperty("--floor", `${innerHeight - composer.top}px`);
  } else layer.style.removeProperty("--floor");
  layer.toggleAttribute("data-up", false);
  layer.toggleAttribute("data-up", covers(layer, document.activeElement));
}

function covers(layer: HTMLElement, focused: Element | null): boolean {
  // What has the focus only so that it is somewhere (`tabindex=-1`) may be as large as the page.
  if (
    !(focused instanceof HTMLElement) || focused.tabIndex < 0 ||
    layer.contains(focused)
  ) return false;
  const a = layer.getBoundingClientRect();
  const b = focused.getBoundingClientRect();
  return a.left < b.right && b.left < a.right &&
    a.top < b.bottom && b.top < a.bottom;
}

/** Keeps the toasts in their place while there are any. Returns what ends it. */
export function keepInPlace(layer: HTMLElement): () => void {
  const again = () => place(layer);
  const sizes = new ResizeObserver(again);
  sizes.observe(layer);
  const composer = document.querySelector(COMPOSER);
  if (composer) sizes.observe(composer, { box: "border-box" });
  addEventListener("resize", again);
  addEventListener("focusin", again);
  again();
  return () => {
    sizes.disconnect();
    removeEventListener("resize", again);
    removeEventListener("focusin", again);
  };
}
