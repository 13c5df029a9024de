import "../core.ts";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useReader } from "../../lib/i18n/live.ts";
import { toasts } from "./stack.ts";
import { keepInPlace } from "./place.ts";
import { ToastCard } from "./ToastCard.tsx";

/** Without opening the stack. */
const VISIBLE = 3;

export interface ToastListProps {
  region: RefObject<HTMLElement>;
  /** Where F8 came from. */
  back: RefObject<HTMLElement | null>;
}

/** The toasts, the newest first: three, and the rest on demand. */
export function ToastList({ region, back }: ToastListProps) {
  const { t } = useReader();
  const [open, setOpen] = useState(false);
  const all = toasts.toasts.value;
  const more = all.length - VISIBLE;
  const shown = open ? all : all.slice(0, VISIBLE);
  const layer = useRef<HTMLDivElement>(null);
  const newest = all[0]?.id;
  useLayoutEffect(() => {
    // Above whatever has been opened meanwhile: an "Undo" behind the bell's panel would be none. What is shown last is
    // on top; where somebody is in it already, it stays as it is, since hiding takes the focus away.
    const element = layer.current!;
    if (element.contains(document.activeElement)) return;
    element.hidePopover();
    if (newest !== undefined) element.showPopover();
  }, [newest]);
  const some = newest !== undefined;
  useLayoutEffect(
    () => some ? keepInPlace(layer.current!) : undefined,
    [some],
  );
  const dismiss = (id: number) => {
    const inside = region.current?.contains(document.activeElement);
    toasts.dismiss(id);
    if (toasts.toasts.peek().length === 0) {
      setOpen(false);
      // What is gone while it is pointed at or focused tells nobody that it is not any more.
      toasts.release("hover");
      toasts.release("focus");
    }
    if (inside) {
      requestAnimationFrame(() => keepFocus(region.current, back.current));
    }
  };
  return (
    <div ref={layer} popover="manual" class="toast-layer">
      <ol class={open ? "open" : undefined}>
        {shown.map((toast) => (
          <ToastCard
            key={toast.id}
            toast={toast}
            dismiss={() => dismiss(toast.id)}
          />
        ))}
      </ol>
      {more > 0 && (
        <button
          type="button"
          class="button small toasts-more"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t("toast.fewer") : t("toast.more", { count: more })}
        </button>
      )}
    </div>
  );
}

/** The next toast, else where one came from: focus is never left on nothing. */
function keepFocus(region: HTMLElement | null, back: HTMLElement | null): void {
  if (region?.contains(document.activeElement)) return;
  const next = region?.querySelector<HTMLElement>(".toast button") ?? back ??
    document.getElementById("main");
  next?.focus();
}
