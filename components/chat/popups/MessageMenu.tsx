import "../core.ts";
import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { Glyph } from "../../Glyph.tsx";
import { blocked } from "../blocked.ts";
import { BELL_DOT } from "../bell_dot.ts";
import * as glyphs from "../glyphs.ts";
import { REPLY } from "../reply_glyph.ts";
import * as more from "./glyphs.ts";
import { type Act, canDo, type RoomTools } from "../room_tools.ts";
import { Popup } from "./Popup.tsx";

/** In order; a key of the keyboard works on a focused message too. */
const ACTS: readonly (readonly [Act, string, string?])[] = [
  ["react", glyphs.SMILE_PLUS, "+"],
  ["reply", REPLY, "R"],
  ["quote", glyphs.QUOTE, "Q"],
  ["forward", more.FORWARD, "F"],
  ["edit", glyphs.PENCIL, "E"],
  ["pin", glyphs.PIN, "P"],
  ["unread", BELL_DOT, "U"],
  ["copy", glyphs.COPY],
  ["copyLink", glyphs.LINK, "L"],
  ["readers", more.EYE],
  ["history", more.HISTORY],
  ["report", more.FLAG],
  ["mute", more.MUTE],
  ["block", more.BAN],
  ["delete", more.TRASH, "Del"],
];
const AFTER_LINE: readonly Act[] = ["unread", "report", "delete"];

export interface MessageMenuProps {
  item: ChatItem;
  at: HTMLElement;
  tools: RoomTools;
  close: () => void;
}

/** Everything that can be done to a message. */
export function MessageMenu({ item, at, tools, close }: MessageMenuProps) {
  const { t } = useRoomReader();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector("button")?.focus(), []);
  const roam = (event: KeyboardEvent) => {
    const items = [...list.current!.querySelectorAll("button")];
    const now = items.indexOf(document.activeElement as HTMLButtonElement);
    const next = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  };
  const possible = ACTS.filter(([act]) => canDo(act, item, tools));
  return (
    <Popup
      at={at}
      label={t("room.menu")}
      role="menu"
      class="menu"
      close={close}
    >
      <div ref={list} onKeyDown={roam}>
        {possible.map(([act, glyph, key], i) => (
          <Fragment key={act}>
            {i > 0 && AFTER_LINE.includes(act) && <hr />}
            <button
              type="button"
              role="menuitem"
              class={act === "delete" ? "menu-item danger" : "menu-item"}
              onClick={() => {
                close();
                tools.act(act, item, at);
              }}
            >
              <Glyph d={glyph} size={15} />
              <span>
                {t(
                  act === "pin" && item.pinned
                    ? "room.act.unpin"
                    : act === "block" && blocked.value.has(item.authorId)
                    ? "room.act.unblock"
                    : `room.act.${act}`,
                )}
              </span>
              {key && <kbd aria-hidden="true">{key}</kbd>}
            </button>
          </Fragment>
        ))}
      </div>
    </Popup>
  );
}
