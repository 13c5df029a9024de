import RoomMenu from "../../islands/RoomMenu.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Glyph } from "../Glyph.tsx";
import * as glyphs from "./glyphs.ts";
import type { Opens } from "./room_menu.ts";

export interface RoomBarProps {
  channel: string;
  /** How the room is found by `in:` in a search. */
  within: string;
  /** The reader looks after the room. */
  moderates: boolean;
  /** Somebody may take the record of the room home. */
  exports: boolean;
}

/** In a room's bar: what is pinned, what is scheduled, and what officers look after. */
export function RoomBar(props: RoomBarProps) {
  return <RoomMenu items={<RoomMenuItems {...props} />} />;
}

/** Drawn by the server alone; `RoomMenu` makes it work. */
function RoomMenuItems({ channel, within, moderates, exports }: RoomBarProps) {
  const { t } = usePageReader();
  const item = (opens: Opens, label: string, glyph: string) => (
    <button type="button" class="menu-item" data-opens={opens}>
      <Glyph d={glyph} size={15} />
      {label}
    </button>
  );
  const path = `/api/channels/${encodeURIComponent(channel)}/export`;
  return (
    <>
      <button
        type="button"
        class="icon-button hide-small"
        aria-label={t("chat.bar.pins")}
        title={t("chat.bar.pins")}
        data-opens="pins"
      >
        <Glyph d={glyphs.PIN} size={17} />
      </button>
      <button
        type="button"
        class="icon-button"
        popovertarget="room-menu"
        aria-label={t("chat.bar.more")}
        title={t("chat.bar.more")}
      >
        <Glyph d={glyphs.SETTINGS} size={17} />
      </button>
      <div id="room-menu" popover="auto" class="popover menu bar-menu">
        {item("pins", t("chat.bar.pins"), glyphs.PIN)}
        {item("scheduled", t("chat.bar.scheduled"), glyphs.CLOCK)}
        <a
          class="menu-item"
          href={`/search/messages?q=${encodeURIComponent(`in:${within} `)}`}
        >
          <Glyph d={glyphs.SEARCH} size={15} />
          {t("chat.bar.search")}
        </a>
        {moderates && (
          <>
            <hr />
            {item("settings", t("chat.bar.settings"), glyphs.SETTINGS)}
            {item("reports", t("chat.bar.reports"), glyphs.FLAG)}
            {item("audit", t("chat.bar.audit"), glyphs.HISTORY)}
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
                <Glyph d={glyphs.DOWNLOAD} size={15} />
                {t(`chat.bar.export.${format}`)}
              </a>
            ))}
          </>
        )}
      </div>
    </>
  );
}
