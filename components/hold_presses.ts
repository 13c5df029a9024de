/**
 * Keeps presses on buttons in `place` until what answers them has been loaded; then they are made. Buttons that open
 * something by themselves, and links, work without it and are let through.
 *
 * @param wanted called with each press that waits
 */
export function holdPresses(place: HTMLElement, wanted: () => void) {
  let held: HTMLElement[] = [];
  const hold = (event: Event) => {
    const button = (event.target as Element).closest("button");
    if (!button || button.hasAttribute("popovertarget")) return;
    event.preventDefault();
    event.stopPropagation();
    held.push(button);
    wanted();
  };
  place.addEventListener("click", hold, { capture: true });
  return {
    /** What answers is there, or will not come: then forms post as they do without scripts. */
    release(): void {
      place.removeEventListener("click", hold, { capture: true });
      const waited = held;
      held = [];
      for (const button of waited) button.click();
    },
  };
}
