import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Open } from "./use_tools.ts";

/**
 * Opens somebody's card where their name, picture or mention is pressed, in the conversation or beside it. These are
 * links to their profile: with a key held, or without scripts, they lead there.
 */
export function usePressedPeople(open: Signal<Open>): void {
  useEffect(() => {
    const press = (event: MouseEvent) => {
      const link = (event.target as Element).closest<HTMLElement>(
        "a[data-person]",
      );
      const held = event.ctrlKey || event.metaKey || event.shiftKey ||
        event.altKey;
      if (!link || held || event.button !== 0 || event.defaultPrevented) return;
      event.preventDefault();
      const handle = link.dataset.person!;
      const now = open.peek();
      // Pressed again, it closes.
      open.value = now?.kind === "person" && now.at === link
        ? null
        : { kind: "person", at: link, handle };
    };
    document.addEventListener("click", press);
    return () => document.removeEventListener("click", press);
  }, []);
}
