import { Glyph } from "../components/Glyph.tsx";
import { ARROW_DOWN, LOADER } from "../components/chat/glyphs.ts";
import { useRef } from "preact/hooks";
import type { VNode } from "preact";
import { Composer } from "../components/chat/Composer.tsx";
import { MessageRow } from "../components/chat/MessageRow.tsx";
import { DayLine, FreshLine } from "../components/chat/rows.tsx";
import { layOut } from "../components/chat/timeline.ts";
import { typingText } from "../components/chat/typing.ts";
import { usePinnedScroll } from "../components/chat/use_pinned_scroll.ts";
import { useReading } from "../components/chat/use_reading.ts";
import { useChatReader } from "../lib/i18n/live_chat.ts";
import { useChatMessages } from "../lib/realtime/client/hooks/chat_messages.ts";
import { useConnection } from "../lib/realtime/client/hooks/connection.ts";
import { useTypingIndicators } from "../lib/realtime/client/hooks/typing_indicators.ts";
import type { ChatSnapshot, Me } from "../lib/realtime/client/mod.ts";

export interface ChatRoomProps {
  channel: string;
  /** The guild's or the person's name. */
  place: string;
  me: Me;
  initial: ChatSnapshot;
  /** Path of this page: where the form posts, and older pages are, without scripts. */
  path: string;
  /** What stands above the very first message. */
  start: VNode;
  /** What was typed and refused, when it was posted without scripts. */
  text?: string;
  /** Why one does not write here, in the place of the composer. */
  closed?: string | null;
}

/** A conversation, live. */
export default function ChatRoom(
  { channel, place, me, initial, path, start, text, closed }: ChatRoomProps,
) {
  const reader = useChatReader();
  const { t } = reader;
  const chat = useChatMessages({ channel, initial, me });
  const typing = useTypingIndicators(channel, me);
  const connection = useConnection();
  const composer = useRef<HTMLDivElement>(null);

  const items = chat.messages.value;
  const hasOlder = chat.hasOlder.value;
  const loading = chat.loadingOlder.value;
  const failure = chat.error.value;
  const loadOlder = () => {
    // After a failure the reader asks again; scrolling about must not hammer a server in trouble.
    if (chat.hasOlder.peek() && chat.error.peek() === null) {
      void chat.loadOlder();
    }
  };
  const scroll = usePinnedScroll(items, loadOlder);
  const reading = useReading(items, scroll.atBottom, me.id, channel);
  const rows = layOut(items, reader, reading.fresh);
  const waiting = connection.state.value !== "connected";
  const last = items.at(-1)?.key;

  const send = (content: string) => {
    chat.send(content);
    typing.doneTyping();
    reading.clear();
    scroll.toBottom();
  };
  const roam = (event: KeyboardEvent) => {
    const next = neighbour(event);
    if (!next) return;
    event.preventDefault();
    if (next === "composer") {
      composer.current?.querySelector("textarea")?.focus();
    } else next.focus();
  };
  const names = typingText(typing.typing.value, t);
  return (
    <div class="chat" ref={composer}>
      <div
        class="history"
        ref={scroll.scroller}
        role="log"
        aria-live="off"
        aria-label={t("chat.log", { place })}
        aria-busy={loading}
        tabIndex={0}
        onKeyDown={roam}
      >
        <div class="history-rows">
          {hasOlder
            ? (
              <div class="history-more">
                {failure !== null && (
                  <p role="alert">{t("chat.olderFailed")} {failure}</p>
                )}
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
                      href={`${path}?before=${initial.before}`}
                      onClick={(event) => {
                        event.preventDefault();
                        void chat.loadOlder();
                      }}
                    >
                      {t("chat.older")}
                    </a>
                  )}
              </div>
            )
            : start}
          {rows.map((row) =>
            row.kind === "day"
              ? <DayLine key={row.key} at={row.at} />
              : row.kind === "fresh"
              ? <FreshLine key={row.key} />
              : (
                <MessageRow
                  key={row.key}
                  item={row.line}
                  head={row.head}
                  waiting={waiting}
                  tabbable={row.key === last}
                  retry={(clientId) => chat.retry(clientId)}
                  discard={(clientId) => chat.discard(clientId)}
                />
              )
          )}
        </div>
      </div>
      <div class="unseen" aria-live="polite">
        {reading.arrived.map((item) => (
          <p key={item.key}>
            {t("chat.says", {
              name: item.author?.name ?? t("chat.someone"),
              text: item.content,
            })}
          </p>
        ))}
      </div>
      <div class="chat-below">
        {!scroll.atBottom && (
          <button
            type="button"
            class="button small jump"
            onClick={() => scroll.toBottom(true)}
          >
            <Glyph d={ARROW_DOWN} size={14} />
            {reading.unseen > 0
              ? t("chat.newBelow", { count: reading.unseen })
              : t("chat.jump")}
          </button>
        )}
        {closed ? <p class="chat-closed">{closed}</p> : (
          <Composer
            channel={channel}
            userId={me.id}
            place={place}
            text={text}
            action={path}
            send={send}
            typing={typing.notifyTyping}
            onUp={() => lastMessage(composer.current)?.focus()}
          >
            <span class="typing" role="status">
              {names !== "" && (
                <>
                  <span class="typing-dots" aria-hidden="true">
                    <i />
                    <i />
                    <i />
                  </span>
                  <span>{names}</span>
                </>
              )}
            </span>
          </Composer>
        )}
      </div>
    </div>
  );
}

function lastMessage(chat: HTMLElement | null): HTMLElement | null {
  return [...chat?.querySelectorAll<HTMLElement>("[data-key]") ?? []].at(-1) ??
    null;
}

/** Where an arrow key, Home, End or Escape leads from a focused message. */
function neighbour(event: KeyboardEvent): HTMLElement | "composer" | null {
  const log = event.currentTarget as HTMLElement;
  const row = event.target as HTMLElement;
  if (row.dataset.key === undefined) return null;
  if (event.key === "Escape") return "composer";
  const rows = [...log.querySelectorAll<HTMLElement>("[data-key]")];
  const at = rows.indexOf(row);
  switch (event.key) {
    case "ArrowUp":
      return rows[at - 1] ?? null;
    case "ArrowDown":
      return rows[at + 1] ?? "composer";
    case "Home":
      return rows[0] ?? null;
    case "End":
      return rows.at(-1) ?? null;
    default:
      return null;
  }
}
