import type { ComponentChildren, VNode } from "preact";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { Glyph } from "../Glyph.tsx";
import { LOADER } from "./glyphs.ts";
import { MessageRow } from "./MessageRow.tsx";
import { neighbour } from "./roam.ts";
import { useRoomTools } from "./room_tools.ts";
import { DayLine, FreshLine } from "./rows.tsx";
import type { Row } from "./timeline.ts";
import type { ListScroll } from "./use_list_scroll.ts";
import { useLongPress } from "./use_long_press.ts";

export interface MessageListProps {
  rows: readonly Row<ChatItem>[];
  scroll: ListScroll;
  /** Of the list, for who cannot see it. */
  label: string;
  waiting: boolean;
  loading: boolean;
  /** What stands above the first row: the beginning, or how to get what is older. */
  top: VNode;
  /** What stands below the last one. */
  bottom?: ComponentChildren;
  /** A key pressed on a message that the list does not know. */
  onRowKey: (event: KeyboardEvent, item: ChatItem) => void;
  toComposer: () => void;
}

/** The messages of a room or thread, drawn as far as they are near. */
export function MessageList(props: MessageListProps) {
  const { rows, scroll, label, waiting, loading, top, bottom } = props;
  const tools = useRoomTools();
  const { from, to, above, below } = scroll.window;
  const drawn = rows.slice(from, to);
  const last = drawn.findLast((row) => row.kind === "message")?.key;
  const itemOf = (target: EventTarget | null) => {
    const element = target as Element | null;
    const key = element?.closest<HTMLElement>("[data-key]")?.dataset.key;
    const row = rows.find((row) => row.key === key);
    return row?.kind === "message" ? row.line : undefined;
  };
  const activate = (event: Event) => {
    if (!tools) return;
    const row = (event.target as Element).closest<HTMLElement>("[data-key]");
    if (row) tools.active.value = row.dataset.key!;
  };
  const press = useLongPress((target) => {
    const item = itemOf(target);
    if (item && tools) tools.openMenu(item, target as HTMLElement);
  });
  const key = (event: KeyboardEvent) => {
    const row = event.target as HTMLElement;
    if (row.dataset?.key === undefined) return;
    const next = neighbour(event);
    if (next === "composer") props.toComposer();
    else if (next) next.focus();
    else {
      const item = itemOf(row);
      if (item) props.onRowKey(event, item);
      return;
    }
    event.preventDefault();
  };
  return (
    <div
      class="history"
      ref={scroll.scroller}
      role="log"
      aria-live="off"
      aria-label={label}
      aria-busy={loading}
      tabIndex={0}
      onKeyDown={key}
      onPointerOver={(event) =>
        event.pointerType === "mouse" && activate(event)}
      onPointerLeave={() => {
        if (tools) tools.active.value = null;
      }}
      onFocusIn={activate}
      {...press}
    >
      <div class="history-rows" ref={scroll.content}>
        {above === 0 && top}
        {above > 0 && <div style={{ height: `${above}px` }} />}
        {drawn.map((row) =>
          row.kind === "day"
            ? <DayLine key={row.key} at={row.at} row={row.key} />
            : row.kind === "fresh"
            ? <FreshLine key={row.key} />
            : (
              <MessageRow
                key={row.key}
                item={row.line}
                head={row.head}
                waiting={waiting}
                tabbable={row.key === last}
              />
            )
        )}
        {below > 0 && <div style={{ height: `${below}px` }} />}
        {below === 0 && bottom}
      </div>
    </div>
  );
}

/** Above the oldest message that is held: asks for more, or says why there is none. */
export function OlderDoor(
  { href, loading, failure, load }: {
    /** Where it leads without scripts. */
    href?: string;
    loading: boolean;
    failure: string | null;
    load: () => void;
  },
) {
  const { t } = useChatReader();
  return (
    <div class="history-more">
      {failure !== null && <p role="alert">{t("chat.olderFailed")} {failure}
      </p>}
      {loading
        ? (
          <span role="status">
            <Glyph d={LOADER} class="spin" size={18} />
            <span class="unseen">{t("chat.loadingOlder")}</span>
          </span>
        )
        : (
          <a
            class="button small quiet"
            href={href}
            onClick={(event) => {
              event.preventDefault();
              load();
            }}
          >
            {t("chat.older")}
          </a>
        )}
    </div>
  );
}
