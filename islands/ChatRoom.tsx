import "../components/chat/core.ts";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Announcer } from "../components/chat/Announcer.tsx";
import { blocked } from "../components/chat/blocked.ts";
import { Composer } from "../components/chat/Composer.tsx";
import { JumpButton } from "../components/chat/JumpButton.tsx";
import { MentionContext } from "../components/chat/markdown/Mention.tsx";
import { MessageList, OlderDoor } from "../components/chat/MessageList.tsx";
import { quoteOf } from "../components/chat/quote_of.ts";
import { RoomOverlays } from "../components/chat/RoomOverlays.tsx";
import { obeyMenu } from "../components/chat/room_menu.ts";
import { type Rights, RoomContext } from "../components/chat/room_tools.ts";
import { actOnKey } from "../components/chat/row_keys.ts";
import { SeenLine } from "../components/chat/SeenLine.tsx";
import { layOut } from "../components/chat/timeline.ts";
import { learnThreads } from "../components/threads/states.ts";
import { TypingLine } from "../components/chat/TypingLine.tsx";
import { UnreadBar } from "../components/chat/UnreadBar.tsx";
import { useFind } from "../components/chat/use_find.ts";
import { useListScroll } from "../components/chat/use_list_scroll.ts";
import { usePeople } from "../components/chat/use_people.ts";
import { useReading } from "../components/chat/use_reading.ts";
import { useRoomState } from "../components/chat/use_room_state.ts";
import { AttachButton } from "../components/chat/AttachButton.tsx";
import { useUploads } from "../components/chat/use_uploads.ts";
import { complain, useTools } from "../components/chat/use_tools.ts";
import type { Refusal } from "../lib/auth/room_rights.ts";
import { useChatReader } from "../lib/i18n/live_chat.ts";
import type { ThreadState } from "../lib/messages/threads/types.ts";
import type { Quote } from "../lib/messages/types.ts";
import type { Chat } from "../lib/realtime/client/chat.ts";
import { useChatMessages } from "../lib/realtime/client/hooks/chat_messages.ts";
import { useConnection } from "../lib/realtime/client/hooks/connection.ts";
import { useTypingIndicators } from "../lib/realtime/client/hooks/typing_indicators.ts";
import type { ChatSnapshot, Me } from "../lib/realtime/client/mod.ts";
import { getPage } from "../lib/realtime/client/page.ts";
import {
  type ReadingSnapshot,
  RoomReading,
} from "../lib/realtime/client/room_reading.ts";

export interface ChatRoomProps {
  channel: string;
  kind: "guild" | "dm" | "dispute";
  /** The guild's or the person's name. */
  place: string;
  me: Me;
  rights: Rights;
  /** Why the reader may not write; `null` when they may. */
  refusal: Refusal | null;
  /** Seconds that must pass between two messages of a member. */
  slowSeconds: number;
  /** Milliseconds until it takes the reader's next one. */
  slowWait: number;
  initial: ChatSnapshot;
  reading: ReadingSnapshot;
  /** Ids of those whom the reader has blocked. */
  blocked: string[];
  /** Id of the message that the page was opened for. */
  focus?: string | null;
  /** Id of the message whose thread it is to open. */
  thread?: string | null;
  /** Where the reader stands in the threads of these messages. */
  threads: ThreadState[];
  /** Path of this page: where the form posts, and older pages are, without scripts. */
  path: string;
  /** What stands above the very first message. */
  start: VNode;
  /** Who is in the room, as far as the page knows. */
  people: { id: string; name: string }[];
  /** What was typed and refused, when it was posted without scripts. */
  text?: string;
  /** Why one does not write here, in the place of the composer. */
  closed?: string | null;
}

/** A conversation, live. */
export default function ChatRoom(props: ChatRoomProps) {
  const { channel, kind, place, me, initial, path, start } = props;
  const reader = useChatReader();
  const { t } = reader;
  const chat = useChatMessages({ channel, initial, me });
  const typing = useTypingIndicators(channel, me);
  const connection = useConnection();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const thread = useRef<Chat | null>(null);
  const [quote, setQuote] = useState<Quote | null>(null);
  const reading = useMemo(
    () => new RoomReading(channel, me.id, props.reading),
    [channel],
  );
  useEffect(() => reading.start(getPage()), [reading]);
  useEffect(() => {
    blocked.value = new Set(props.blocked);
    learnThreads(props.threads);
    return obeyMenu();
  }, []);
  const room = useRoomState(channel, me.id, props);

  const items = chat.messages.value;
  const nameOf = usePeople(props.people, items);
  const [fresh, setFresh] = useState<string | null>(null);
  const rows = useMemo(() => layOut(items, reader, fresh), [items, fresh]);
  const unfailed = chat.paging.error.value === null;
  const scroll = useListScroll(rows, {
    detached: chat.hasNewer.value,
    // After a failure the reader asks again; scrolling about must not hammer a server in trouble.
    onNearTop: () => unfailed && void chat.paging.loadOlder(),
    onNearBottom: () => unfailed && void chat.paging.loadNewer(),
  });
  const seen = useReading(items, scroll.atBottom, me.id, reading);
  useEffect(() => setFresh(seen.fresh), [seen.fresh]);

  const { tools, open } = useTools({
    me,
    chat,
    lists: () => thread.current ? [chat, thread.current] : [chat],
    kind,
    rights: room.rights,
    reading,
    path,
    t,
    quote: (item) => {
      setQuote(quoteOf(item));
      field.current?.focus();
    },
    show: (id) => void find(id),
    nameOf,
  });
  const find = useFind(chat, scroll, tools, props.focus, props.thread, t);

  const { uploads, drop } = useUploads(channel, room.rights.upload);
  const toLatest = () => {
    void chat.paging.latest().then(() => scroll.toBottom());
    scroll.toBottom(!chat.hasNewer.peek());
  };
  const send = (content: string) => {
    const attachments = uploads?.take() ?? [];
    chat.send(content, {
      ...quote && { quote },
      ...attachments.length > 0 && { attachments },
    });
    setQuote(null);
    typing.doneTyping();
    reading.release();
    reading.firstUnread.value = null;
    seen.clear();
    room.noteSent();
    toLatest();
  };
  const lastRow = () =>
    [...box.current?.querySelectorAll<HTMLElement>(".history [data-key]") ?? []]
      .at(-1);
  const editLast = () => {
    const mine = items.findLast((item) =>
      item.authorId === me.id && item.state === "sent" && !item.deleted
    );
    if (mine && room.rights.write) {
      tools.editing.value = mine.id;
      scroll.toRow(mine.key);
    } else lastRow()?.focus();
  };
  const markRead = () => {
    reading.markRead().catch((error) => complain(t, error));
    seen.clear();
  };
  const waiting = connection.state.value !== "connected";
  return (
    <RoomContext.Provider value={tools}>
      <MentionContext.Provider value={{ me: me.handle }}>
        <div class="chat-box">
          <div class="chat" ref={box} {...drop}>
            <UnreadBar
              reading={reading}
              freshKey={fresh}
              toUnread={(id) => find(id)}
              markRead={markRead}
            />
            <MessageList
              rows={rows}
              scroll={scroll}
              label={t("chat.log", { place })}
              waiting={waiting}
              loading={chat.paging.loadingOlder.value ||
                chat.paging.loadingNewer.value}
              top={chat.hasOlder.value
                ? (
                  <OlderDoor
                    href={`${path}?before=${initial.before}`}
                    loading={chat.paging.loadingOlder.value}
                    failure={chat.paging.error.value}
                    load={() => void chat.paging.loadOlder()}
                  />
                )
                // One element, so that upstream Fresh finds the rows after it where they are.
                : <div>{start}</div>}
              bottom={kind === "dm" && !chat.hasNewer.value &&
                <SeenLine items={items} meId={me.id} reading={reading} />}
              onRowKey={(event, item) => actOnKey(event, item, tools)}
              toComposer={() => field.current?.focus()}
            />
            <Announcer items={seen.arrived} />
            <div class="chat-below">
              {(!scroll.atBottom || chat.hasNewer.value) && (
                <JumpButton unseen={seen.unseen} jump={toLatest} />
              )}
              <Composer
                channel={channel}
                userId={me.id}
                place={place}
                text={props.text}
                action={path}
                field={field}
                quote={quote}
                dropQuote={() => setQuote(null)}
                closed={props.closed ?? room.closed}
                send={send}
                schedule={room.schedule}
                uploads={uploads}
                attach={uploads && <AttachButton uploads={uploads} />}
                typing={typing.notifyTyping}
                onUp={editLast}
                onEscape={markRead}
              >
                <TypingLine names={typing.typing.value} />
              </Composer>
            </div>
          </div>
          <RoomOverlays
            open={open}
            tools={tools}
            chat={chat}
            thread={thread}
            place={place}
            back={() => field.current?.focus()}
          />
        </div>
      </MentionContext.Provider>
    </RoomContext.Provider>
  );
}
