import {
  autoUpdate,
  computePosition,
  flip,
  offset,
  type Placement,
  shift,
} from "@floating-ui/dom";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface PopupProps {
  /** What it belongs to. */
  at: HTMLElement;
  label: string;
  role: "menu" | "dialog";
  class?: string;
  /** Where it opens if there is room. */
  placement?: Placement;
  close: () => void;
  children: ComponentChildren;
}

/**
 * Something that opens beside its button, on a phone from below. Closes with Escape or a press elsewhere (a native
 * popover), and gives the focus back to where it was.
 */
export function Popup(
  {
    at,
    label,
    role,
    class: name,
    placement = "bottom-end",
    close,
    children,
  }: PopupProps,
) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const popup = box.current!;
    const before = document.activeElement as HTMLElement | null;
    popup.showPopover();
    const phone = matchMedia("(max-width: 47.99rem)");
    const stop = autoUpdate(at, popup, async () => {
      // There it stands at the lower edge, by the style sheet; a window may become that narrow.
      if (phone.matches) return void popup.removeAttribute("style");
      const { x, y } = await computePosition(at, popup, {
        strategy: "fixed",
        placement,
        middleware: [offset(4), flip(), shift({ padding: 8 })],
      });
      Object.assign(popup.style, { left: `${x}px`, top: `${y}px` });
    });
    return () => {
      stop();
      // What was done may have put the focus somewhere: only what would be lost goes back.
      const now = document.activeElement;
      if (now === document.body || popup.contains(now)) {
        (before?.isConnected ? before : at.closest<HTMLElement>("[tabindex]"))
          ?.focus();
      }
    };
  }, []);
  return (
    <div
      ref={box}
      popover="auto"
      class={`popover chat-popup ${name ?? ""}`}
      role={role}
      aria-label={label}
      tabIndex={-1}
      onToggle={(event) => event.newState === "closed" && close()}
    >
      {children}
    </div>
  );
}
