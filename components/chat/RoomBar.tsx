import {
  Bell,
  CalendarSearch,
  Clock,
  Download,
  Flag,
  History,
  Pin,
  Search,
  Settings2,
  Star,
  Video,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import type { Opens } from "./room_menu.ts";

export interface RoomBarProps {
  channel: string;
  /** How the room is found by `in:` in a search. */
  within: string;
  /** What the room is about, for where the bar has no place for it. */
  topic?: ComponentChildren;
  /** It stands first in the rail; `null` where it is not in it. */
  starred: boolean | null;
  /** The reader looks after the room. */
  moderates: boolean;
  /** Somebody may take the record of the room home. */
  exports: boolean;
  /** Calls can be had in it. */
  calls?: boolean;
  /** Items of what the room belongs to, on a phone, whose bar has no room for a second menu. */
  more?: ComponentChildren;
}

/** Whether the rail has a room among the first. */
export function isStarred({ rooms }: Frame, channel: string): boolean {
  return rooms.some((room) => room.channel === channel && room.starred);
}

/**
 * In a room's bar: what is pinned, what is scheduled, and what officers look after. Drawn by the server alone;
 * `ChatRoom` obeys what is pressed.
 */
export function RoomBar(props: RoomBarProps) {
  const { channel, within, topic, starred, moderates, exports, calls, more } =
    props;
  const { t } = usePageReader();
  const item = (opens: Opens, label: string, Icon: typeof Pin) => (
    <button type="button" class="menu-item" data-opens={opens}>
      <Icon size={15} aria-hidden="true" />
      {label}
    </button>
  );
  const path = `/api/channels/${encodeURIComponent(channel)}/export`;
  return (
    <div class="room-menu">
      <button
        type="button"
        class="icon-button hide-small"
        aria-label={t("chat.bar.pins")}
        title={t("chat.bar.pins")}
        data-opens="pins"
      >
        <Pin size={17} aria-hidden="true" />
      </button>
      <button
        type="button"
        class="icon-button"
        popovertarget="room-menu"
        aria-label={t("chat.bar.more")}
        title={t("chat.bar.more")}
      >
        <Settings2 size={17} aria-hidden="true" />
      </button>
      <div id="room-menu" popover="auto" class="popover menu bar-menu">
        {topic && <p class="menu-note narrow-only">{topic}</p>}
        {item("pins", t("chat.bar.pins"), Pin)}
        {item("scheduled", t("chat.bar.scheduled"), Clock)}
        <a
          class="menu-item"
          href={`/search/messages?q=${encodeURIComponent(`in:${within} `)}`}
        >
          <Search size={15} aria-hidden="true" />
          {t("chat.bar.search")}
        </a>
        {item("date", t("chat.bar.date"), CalendarSearch)}
        {calls && (
          <a
            class="menu-item narrow-only"
            href={`/calls/start?channel=${encodeURIComponent(channel)}&video=1`}
            target="nexora-call"
          >
            <Video size={15} aria-hidden="true" />
            {t("chat.bar.video")}
          </a>
        )}
        <hr />
        {item("notices", t("chat.bar.notices"), Bell)}
        {starred !== null && (
          <button
            type="button"
            class="menu-item"
            data-opens="star"
            aria-pressed={starred}
          >
            <Star size={15} aria-hidden="true" />
            {t("chat.bar.star")}
          </button>
        )}
        {moderates && (
          <>
            <hr />
            {item("settings", t("chat.bar.settings"), Settings2)}
            {item("reports", t("chat.bar.reports"), Flag)}
            {item("audit", t("chat.bar.audit"), History)}
          </>
        )}
        {exports && (
          <>
            <hr />
            {(["html", "json"] as const).map((format) => (
              <a
                key={format}
                class="menu-item"
                href={`${path}?format=${format}`}
                download
              >
                <Download size={15} aria-hidden="true" />
                {t(`chat.bar.export.${format}`)}
              </a>
            ))}
          </>
        )}
        {more && (
          <div class="narrow-only">
            <hr />
            {more}
          </div>
        )}
      </div>
    </div>
  );
}
