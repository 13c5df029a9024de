import { type MutableRef, useEffect, useMemo, useRef } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { Chat } from "../../../lib/realtime/client/chat.ts";
import { useConnection } from "../../../lib/realtime/client/hooks/connection.ts";
import { useTypingIndicators } from "../../../lib/realtime/client/hooks/typing_indicators.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { Announcer } from "../Announcer.tsx";
import { Composer } from "../Composer.tsx";
import { MessageList, OlderDoor } from "../MessageList.tsx";
import { MessageRow } from "../MessageRow.tsx";
import { newestSent, unseenAfter } from "../reading.ts";
import { RoomContext, type RoomTools } from "../room_tools.ts";
import { actOnKey } from "../row_keys.ts";
import { FollowButton } from "../../threads/FollowButton.tsx";
import { threadStates } from "../../threads/states.ts";
import { useFreshReply, useThreadReading } from "./use_thread_reading.ts";
import { layOut } from "../timeline.ts";
import { useListScroll } from "../use_list_scroll.ts";

export interface ThreadPaneProps {
  /** The message that is replied to. */
  id: string;
  tools: RoomTools;
  /** The room. */
  chat: Chat;
  thread: MutableRef<Chat | null>;
  place: string;
}

/** A message and the replies to it, live. */
export function ThreadPane(
  { id, tools, chat, thread, place }: ThreadPaneProps,
) {
  const reader = useRoomReader();
  const { t } = reader;
  const { me, channel } = tools;
  const replies = useMemo(
    () =>
      new Chat({
        channel,
        me,
        parentId: id,
        initial: { messages: [], before: null },
      }),
    [channel, id],
  );
  useEffect(() => {
    thread.current = replies;
    const end = replies.start(getPage());
    return () => {
      thread.current = null;
      end();
    };
  }, [replies]);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), [replies]);
  const typing = useTypingIndicators(channel, me);
  const connection = useConnection();

  const items = replies.messages.value;
  const parent = chat.messages.value.find((one) => one.id === id) ??
    replies.parent.value;
  const state = threadStates.value.get(id);
  const fresh = useFreshReply(items, state, me.id);
  const rows = useMemo(() => layOut(items, reader, fresh), [items, fresh]);
  const scroll = useListScroll(rows, {
    detached: replies.hasNewer.value,
    onNearTop: () => void replies.paging.loadOlder(),
    onNearBottom: () => void replies.paging.loadNewer(),
  });
  useThreadReading(items, state, scroll.atBottom);
  const told = useRef(newestSent(items));
  const loaded = useRef(false);
  const arrived = loaded.current
    ? unseenAfter(items, told.current, me.id).slice(-3)
    : [];
  useEffect(() => {
    if (items.length > 0) loaded.current = true;
    told.current = newestSent(items);
  }, [items]);

  const own = useMemo(
    () => ({
      ...tools,
      retry: ({ key }: { key: string }) => replies.retry(key),
      discard: ({ key }: { key: string }) => replies.discard(key),
    }),
    [tools, replies],
  );
  const editLast = () => {
    const mine = items.findLast((item) =>
      item.authorId === me.id && item.state === "sent" && !item.deleted
    );
    if (mine) tools.editing.value = mine.id;
  };
  const count = parent?.thread?.count ?? items.length;
  return (
    <RoomContext.Provider value={own}>
      <div class="chat thread">
        <MessageList
          rows={rows}
          scroll={scroll}
          label={t("room.threadLog")}
          waiting={connection.state.value !== "connected"}
          loading={replies.paging.loadingOlder.value}
          top={
            <>
              {parent && (
                <div class="thread-parent">
                  <MessageRow item={{ ...parent, thread: null }} head />
                </div>
              )}
              {replies.hasOlder.value
                ? (
                  <OlderDoor
                    loading={replies.paging.loadingOlder.value}
                    failure={replies.paging.error.value}
                    load={() => void replies.paging.loadOlder()}
                  />
                )
                : (
                  <div class="thread-count" role="separator">
                    <span>
                      {count > 0
                        ? t("chat.replies", { count })
                        : t("room.noReplies")}
                    </span>
                  </div>
                )}
              <FollowButton channel={channel} parentId={id} state={state} />
            </>
          }
          onRowKey={(event, item) => actOnKey(event, item, own)}
          toComposer={() => field.current?.focus()}
        />
        <Announcer items={arrived} />
        <Composer
          channel={channel}
          userId={me.id}
          parentId={id}
          place={place}
          field={field}
          closed={tools.rights.write ? null : t("chat.mayNotWrite")}
          send={(content) => {
            replies.send(content);
            scroll.toBottom();
          }}
          typing={typing.notifyTyping}
          onUp={editLast}
        />
      </div>
    </RoomContext.Provider>
  );
}
