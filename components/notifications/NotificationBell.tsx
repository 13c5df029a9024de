import { useEffect, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { Glyph } from "../Glyph.tsx";
import type { BellPanel } from "./BellPanel.tsx";
import { useReader } from "../../lib/i18n/live.ts";
import { useNotifications } from "../../lib/realtime/client/hooks/notifications.ts";
import type { InboxSnapshot } from "../../lib/realtime/client/mod.ts";

/** Lucide's bell. */
const BELL =
  "M10.268 21a2 2 0 0 0 3.464 0M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326";

export interface NotificationBellProps {
  me: { id: string };
  inbox: InboxSnapshot;
}

/** The bell: how much is unread, and the newest of it in a panel. Without scripts the panel has a link to the page. */
export function NotificationBell(
  { me, inbox: initial }: NotificationBellProps,
) {
  const { t } = useReader();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [rings, setRings] = useState(0);
  const [Panel, setPanel] = useState<typeof BellPanel | null>(null);
  const [failed, setFailed] = useState(false);
  const inbox = useNotifications({
    me,
    initial,
    onNew: () => setRings((n) => n + 1),
  });
  const unread = inbox.unread.value;

  // Most pages are left without the panel having been opened: it is fetched when somebody reaches for the bell.
  const prepare = () => {
    if (Panel) return;
    setFailed(false);
    import("./BellPanel.tsx").then(
      (module) => {
        // What is in the panel by then goes.
        const panel = popover.current;
        if (panel?.contains(document.activeElement)) panel.focus();
        setPanel(() => module.BellPanel);
      },
      () => setFailed(true),
    );
  };

  useEffect(() => {
    // Opened, or reached for, before the scripts came.
    const focused = document.activeElement === button.current;
    if (popover.current!.matches(":popover-open")) {
      setOpen(true);
      if (focused) popover.current!.focus();
    } else if (!focused) return;
    prepare();
  }, []);

  const label = unread === 0
    ? t("bell.label")
    : t("bell.labelUnread", { count: unread });
  // The same elements in both renderings, so that whoever has the focus here keeps it when the scripts arrive. The browser
  // opens the panel by itself: a press that comes before them is answered, too.
  return (
    <div class="bell-box">
      <button
        ref={button}
        type="button"
        class={rings > 0 ? "icon-button bell rings" : "icon-button bell"}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={IS_BROWSER ? open : undefined}
        popovertarget="inbox"
        data-unread={unread}
        onPointerEnter={prepare}
        onFocus={prepare}
      >
        <Glyph key={rings} d={BELL} size={18} />
        {unread > 0 && (
          <span class="count" aria-hidden="true">
            {unread > 99 ? "99+" : unread}
          </span>
        )}
      </button>
      <div
        ref={popover}
        id="inbox"
        popover="auto"
        class="popover inbox"
        role="dialog"
        aria-label={t("bell.title")}
        tabIndex={-1}
        onToggle={(event) => {
          const now = event.newState === "open";
          setOpen(now);
          if (!now) return;
          popover.current?.focus();
          prepare();
        }}
      >
        {Panel
          ? open && (
            <Panel
              inbox={inbox}
              button={button.current!}
              popover={popover.current!}
            />
          )
          : (
            <div class="inbox-wait">
              <p role="status">
                {IS_BROWSER && t(failed ? "bell.failed" : "bell.loading")}
              </p>
              <a href="/notifications">{t("bell.open")}</a>
            </div>
          )}
      </div>
    </div>
  );
}
