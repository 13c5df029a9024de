import { useEffect, useRef, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { Bell, CheckCheck } from "../components/icons.ts";
import { NoteList } from "../components/notifications/NoteList.tsx";
import { useReader } from "../lib/i18n/live.ts";
import {
  type InboxSnapshot,
  useConnection,
  useNotifications,
} from "../lib/realtime/client/mod.ts";

export interface NotificationBellProps {
  me: { id: string };
  inbox: InboxSnapshot;
}

/** The bell: how much is unread, and the newest of it in a panel. Without scripts it is a link to the page. */
export default function NotificationBell(
  { me, inbox: initial }: NotificationBellProps,
) {
  const { t } = useReader();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState<"all" | "unread">("all");
  const [rings, setRings] = useState(0);
  const inbox = useNotifications({
    me,
    initial,
    onNew: () => setRings((n) => n + 1),
  });
  const connection = useConnection();
  const unread = inbox.unread.value;

  useEffect(() => {
    if (!open) return;
    let end = () => {};
    let over = false;
    import("../components/notifications/place.ts").then(({ placePanel }) => {
      if (!over) end = placePanel(button.current!, panel.current!);
    }, () => {});
    return () => {
      over = true;
      end();
    };
  }, [open]);

  const label = unread === 0
    ? t("bell.label")
    : t("bell.labelUnread", { count: unread });
  const face = (
    <>
      <Bell key={rings} size={18} strokeWidth={1.9} aria-hidden="true" />
      {unread > 0 && (
        <span class="count" aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </>
  );
  // One root in both renderings: what the server drew is then taken over, not left beside it.
  if (!IS_BROWSER) {
    return (
      <div class="bell-box">
        <a
          class="icon-button bell"
          href="/notifications"
          aria-label={label}
          aria-current="false"
        >
          {face}
        </a>
      </div>
    );
  }
  return (
    <div class="bell-box">
      <button
        ref={button}
        type="button"
        class={rings > 0 ? "icon-button bell rings" : "icon-button bell"}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        popovertarget="inbox"
        data-unread={unread}
      >
        {face}
      </button>
      <div
        ref={panel}
        id="inbox"
        popover="auto"
        class="popover inbox"
        role="dialog"
        aria-label={t("bell.title")}
        onToggle={(event) => {
          const now = event.newState === "open";
          setOpen(now);
          if (now) {
            panel.current?.querySelector<HTMLElement>("[aria-pressed=true]")
              ?.focus();
          }
        }}
      >
        {open && (
          <>
            <div class="inbox-head">
              <h2>{t("bell.title")}</h2>
              <div class="segments" role="group" aria-label={t("bell.filter")}>
                {(["all", "unread"] as const).map((one) => (
                  <button
                    key={one}
                    type="button"
                    class="segment"
                    aria-pressed={filter === one}
                    onClick={() => setFilter(one)}
                  >
                    {t(`bell.${one}`)}
                  </button>
                ))}
              </div>
              <button
                type="button"
                class="icon-button"
                aria-label={t("bell.readAll")}
                title={t("bell.readAll")}
                disabled={unread === 0}
                onClick={() => void inbox.markAllRead()}
              >
                <CheckCheck size={16} aria-hidden="true" />
              </button>
            </div>
            {connection.state.value === "offline" && (
              <p class="connection">{t("bell.offline")}</p>
            )}
            <div class="inbox-list">
              <NoteList
                key={filter}
                inbox={inbox}
                filter={filter}
                heading="h3"
                action="/notifications"
              />
            </div>
            <div class="inbox-foot">
              <span class="hide-small">{t("bell.keys")}</span>
              <a href="/notifications">{t("bell.open")}</a>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
