import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { Glyph } from "../../Glyph.tsx";
import { X } from "../glyphs.ts";
import { panel } from "../room_state.ts";

export interface SideProps {
  title: string;
  about?: string;
  /** Where the focus goes when it closes. */
  back: () => void;
  children: ComponentChildren;
}

/** A pane beside the conversation, on a phone a sheet from below. Escape closes it. */
export function Side({ title, about, back, children }: SideProps) {
  const { t } = useRoomReader();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    // The pane may have brought the focus to where one writes already.
    if (!box.current?.contains(document.activeElement)) box.current?.focus();
  }, []);
  const close = () => {
    panel.value = null;
    back();
  };
  return (
    <>
      <div class="side-veil" onClick={close} aria-hidden="true" />
      <aside
        ref={box}
        class="side"
        aria-label={title}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.defaultPrevented) return;
          event.stopPropagation();
          close();
        }}
      >
        <header class="side-head">
          <h2>
            {title}
            {about && <small>{about}</small>}
          </h2>
          <button
            type="button"
            class="icon-button"
            aria-label={t("room.close")}
            title={t("room.close")}
            onClick={close}
          >
            <Glyph d={X} size={16} />
          </button>
        </header>
        {children}
      </aside>
    </>
  );
}
