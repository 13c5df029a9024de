import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface DialogProps {
  title: string;
  /** Wider, for lists. */
  wide?: boolean;
  class?: string;
  /** Without its title to be seen. */
  bare?: boolean;
  close: () => void;
  children: ComponentChildren;
}

/** Something to be answered before going on. Escape and a press outside leave it; the focus goes back. */
export function Dialog(props: DialogProps) {
  const { title, wide, bare, close, children } = props;
  const box = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  useEffect(() => {
    const dialog = box.current!;
    const before = document.activeElement as HTMLElement | null;
    dialog.showModal();
    return () => {
      // Its `close` event comes later: by then another dialog may have been opened in its place.
      gone.current = true;
      dialog.close();
      if (before?.isConnected) before.focus();
      else document.querySelector<HTMLElement>(".chat-foot textarea")?.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog ${wide ? "wide" : ""} ${props.class ?? ""}`}
      aria-label={title}
      onClose={() => gone.current || close()}
      onClick={(event) => event.target === box.current && close()}
    >
      <div class="dialog-body">
        {!bare && <h2>{title}</h2>}
        {children}
      </div>
    </dialog>
  );
}
