import { Glyph } from "../Glyph.tsx";
import { CIRCLE_ALERT, RADIO, X } from "./glyphs.ts";
import { useRef, useState } from "preact/hooks";
import { useReader } from "../../lib/i18n/live.ts";
import type { Toast } from "./stack.ts";

/** Pixels of sideways swipe after which letting go dismisses. */
const SWIPE = 72;

export function ToastCard(
  { toast, dismiss }: { toast: Toast; dismiss: () => void },
) {
  const { t } = useReader();
  const [leaving, setLeaving] = useState(false);
  const swipe = useSwipe(dismiss);
  const bad = toast.tone === "bad";
  const leave = () => {
    setLeaving(true);
    setTimeout(dismiss, 110);
  };
  const { action } = toast;
  return (
    <li
      class={`toast${bad ? " bad" : ""}${leaving ? " leaving" : ""}`}
      onKeyDown={(event) => event.key === "Escape" && dismiss()}
      {...swipe}
    >
      <span class="toast-icon" aria-hidden="true">
        {toast.emoji ?? (bad
          ? <Glyph d={CIRCLE_ALERT} size={16} />
          : <Glyph d={RADIO} size={16} />)}
      </span>
      <div>
        <p class="toast-title">{toast.title}</p>
        {toast.body && <p class="toast-body">{toast.body}</p>}
        {action && (
          <p class="toast-action">
            {"href" in action
              ? (
                <a class="link-button" href={action.href} onClick={dismiss}>
                  {action.label}
                </a>
              )
              : (
                <button
                  type="button"
                  class="link-button"
                  onClick={() => {
                    action.run();
                    dismiss();
                  }}
                >
                  {action.label}
                </button>
              )}
          </p>
        )}
      </div>
      <button
        type="button"
        class="icon-button small"
        aria-label={t("toast.dismiss")}
        onClick={leave}
      >
        <Glyph d={X} size={15} />
      </button>
    </li>
  );
}

/** Handlers that let the element follow a sideways drag, and call `done` when it was dragged far enough. */
function useSwipe(done: () => void) {
  const start = useRef<{ x: number; id: number } | null>(null);
  const move = (element: HTMLElement, dx: number) => {
    element.style.transform = dx === 0 ? "" : `translateX(${dx}px)`;
    element.style.opacity = dx === 0
      ? ""
      : String(1 - Math.min(Math.abs(dx) / 280, 0.7));
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (
        event.button !== 0 || (event.target as Element).closest("a, button")
      ) return;
      start.current = { x: event.clientX, id: event.pointerId };
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      if (start.current?.id !== event.pointerId) return;
      move(event.currentTarget as HTMLElement, event.clientX - start.current.x);
    },
    onPointerUp(event: PointerEvent) {
      if (start.current?.id !== event.pointerId) return;
      const dx = event.clientX - start.current.x;
      start.current = null;
      if (Math.abs(dx) > SWIPE) done();
      else move(event.currentTarget as HTMLElement, 0);
    },
    onPointerCancel(event: PointerEvent) {
      start.current = null;
      move(event.currentTarget as HTMLElement, 0);
    },
  };
}
