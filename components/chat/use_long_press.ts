import { useRef } from "preact/hooks";

/** Milliseconds, as iOS and Android wait; and pixels that a resting finger trembles. */
const LONG = 450;
const TREMBLE = 10;

/** Handlers that call `run` when a finger rests on something. A mouse has its own ways. */
export function useLongPress(run: (target: EventTarget) => void) {
  const rest = useRef<
    { timer: ReturnType<typeof setTimeout>; x: number; y: number } | null
  >(null);
  const end = () => {
    clearTimeout(rest.current?.timer);
    rest.current = null;
  };
  return {
    onPointerDown(event: PointerEvent) {
      end();
      const { target, pointerType, clientX: x, clientY: y } = event;
      if (pointerType === "mouse" || !target) return;
      // Words that are pressed long are to be opened, not selected; a link or button has its own use.
      if ((target as Element).closest("a, button, textarea, input")) return;
      const timer = setTimeout(() => {
        end();
        run(target);
      }, LONG);
      rest.current = { timer, x, y };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const at = rest.current;
      if (at && Math.hypot(clientX - at.x, clientY - at.y) > TREMBLE) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu(event: Event) {
      // The long press is ours on a touch screen.
      if (matchMedia("(pointer: coarse)").matches) event.preventDefault();
    },
  };
}
