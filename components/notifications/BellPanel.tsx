import "../core.ts";
import { Glyph } from "../Glyph.tsx";
import { CHECK_CHECK } from "./check_check.ts";
import { useEffect, useState } from "preact/hooks";
import { useInboxReader } from "../../lib/i18n/live_inbox.ts";
import { useConnection } from "../../lib/realtime/client/hooks/connection.ts";
import type { Inbox } from "../../lib/realtime/client/mod.ts";
import { NoteList } from "./NoteList.tsx";
import { placePanel } from "./place.ts";

export interface BellPanelProps {
  inbox: Inbox;
  /** What it hangs from, and the popover it is in. */
  button: HTMLElement;
  popover: HTMLElement;
}

/** What the bell opens: the newest notifications and what can be done about them. */
export function BellPanel({ inbox, button, popover }: BellPanelProps) {
  const { t } = useInboxReader();
  const [filter, setFilter] = useState<"all" | "unread">("all");
  const connection = useConnection();
  const unread = inbox.unread.value;
  useEffect(() => placePanel(button, popover), []);
  // What the panel shows has been seen, on every device.
  const unseen = inbox.unseen.value;
  useEffect(() => {
    if (unseen > 0) void inbox.markAllSeen();
  }, [unseen > 0]);
  return (
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
          aria-disabled={unread === 0}
          onClick={() => unread > 0 && void inbox.markAllRead()}
        >
          <Glyph d={CHECK_CHECK} size={16} />
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
          focusFirst
        />
      </div>
      <div class="inbox-foot">
        <span class="hide-small">{t("bell.keys")}</span>
        <a href="/notifications">{t("bell.open")}</a>
      </div>
    </>
  );
}
