import { useId, useRef } from "preact/hooks";
import { useInboxReader } from "../../lib/i18n/live_inbox.ts";
import type { NotificationItem } from "../../lib/realtime/client/mod.ts";
import { Glyph } from "../Glyph.tsx";
import { ELLIPSIS } from "./glyphs.ts";
import { placePanel } from "./place.ts";
import { snoozeTimes } from "./snooze.ts";

export interface NoteMenuProps {
  item: NotificationItem;
  tabbable: boolean;
  snooze: (until: number | null) => void;
  remove: () => void;
}

/** What is done less often with a notification: later, away for good, and why it came. */
export function NoteMenu({ item, tabbable, snooze, remove }: NoteMenuProps) {
  const { t, now } = useInboxReader();
  const id = `note-menu-${useId()}`;
  const button = useRef<HTMLButtonElement>(null);
  const placed = useRef(() => {});
  const close = () => document.getElementById(id)?.hidePopover();
  return (
    <>
      <button
        ref={button}
        type="button"
        class="icon-button small"
        popovertarget={id}
        tabIndex={tabbable ? 0 : -1}
        aria-label={`${t("bell.more")}: ${item.title}`}
        title={t("bell.more")}
      >
        <Glyph d={ELLIPSIS} size={15} />
      </button>
      <div
        id={id}
        popover="auto"
        class="popover menu note-menu"
        onToggle={(event) => {
          placed.current();
          placed.current = event.newState === "open"
            ? placePanel(button.current!, event.currentTarget)
            : () => {};
        }}
      >
        {item.snoozedUntil
          ? (
            <button
              type="button"
              class="menu-item"
              onClick={() => {
                close();
                snooze(null);
              }}
            >
              {t("bell.wake")}
            </button>
          )
          : snoozeTimes(now()).map(({ key, until }) => (
            <button
              key={key}
              type="button"
              class="menu-item"
              onClick={() => {
                close();
                snooze(until);
              }}
            >
              {t(`bell.snooze.${key}`)}
            </button>
          ))}
        <hr />
        <a class="menu-item" href={`/notifications/${item.id}`}>
          {t("bell.why")}
        </a>
        <button
          type="button"
          class="menu-item danger"
          onClick={() => {
            close();
            remove();
          }}
        >
          {t("bell.delete")}
        </button>
      </div>
    </>
  );
}
