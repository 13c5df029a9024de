import { useRef } from "preact/hooks";

/** Milliseconds, as iOS and Android wait; and pixels that a resting finger trembles. */
const LONG = 450;
const TREMBLE = 10;

interface Rest {
  timer: ReturnType<typeof setTimeout>;
  x: number;
  y: number;
  target: Element;
  /** The row in which it rests, marked once that has been long enough. */
  row: HTMLElement | null;
  long: boolean;
}

/**
 * Handlers that call `run` when a finger has rested on something and is lifted. Not before: a lift outside of what has
 * been opened meanwhile would close it. A mouse has its own ways.
 */
export function useLongPress(run: (target: EventTarget) => void) {
  const rest = useRef<Rest | null>(null);
  const end = () => {
    const was = rest.current;
    rest.current = null;
    if (!was) return null;
    clearTimeout(was.timer);
    if (was.row) delete was.row.dataset.pressed;
    return was;
  };
  const lift = () => {
    const was = end();
    if (was?.long) run(was.target);
  };
  return {
    onPointerDown(event: PointerEvent) {
      end();
      const { pointerType, clientX: x, clientY: y } = event;
      const target = event.target as Element | null;
      if (pointerType === "mouse" || !target) return;
      // Words that are pressed long are to be opened, not selected; a link or button has its own use.
      if (target.closest("a, button, textarea, input")) return;
      const timer = setTimeout(() => {
        const now = rest.current;
        if (!now) return;
        now.long = true;
        if (now.row) now.row.dataset.pressed = "";
        navigator.vibrate?.(10);
      }, LONG);
      const row = target.closest<HTMLElement>("[data-key]");
      rest.current = { timer, x, y, target, row, long: false };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const at = rest.current;
      if (at && Math.hypot(clientX - at.x, clientY - at.y) > TREMBLE) end();
    },
    onPointerUp: lift,
    // The browser took the finger for a long press too.
    onPointerCancel: lift,
    onContextMenu(event: Event) {
      // The long press is ours on a touch screen.
      if (matchMedia("(pointer: coarse)").matches) event.preventDefault();
    },
  };
}
