import type { VNode } from "preact";
import ChatRoom, { type ChatRoomProps } from "../../islands/ChatRoom.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, RoomSnapshot } from "../../lib/pages/mod.ts";
import type { Me } from "../../lib/realtime/client/mod.ts";
import { Notice } from "../forms/Notice.tsx";
import { MessageRow } from "./MessageRow.tsx";
import { DayLine } from "./rows.tsx";
import { layOut } from "./timeline.ts";

export interface RoomProps {
  room: RoomSnapshot;
  kind: ChatRoomProps["kind"];
  /** Who is in it, as far as the page knows. */
  people: ChatRoomProps["people"];
  /** The guild's or the person's name. */
  place: string;
  me: Me;
  path: string;
  start: VNode;
  /** Of a message that was posted without scripts. */
  failure: FormFailure | null;
  /** Why nobody (or not the reader) writes here, in the place of the composer. */
  closed?: string | null;
}

/** A conversation on its page: live, or an older page of it as it was. */
export function Room(props: RoomProps) {
  const { room, kind, people, place, me, path, start, failure } = props;
  if (room.past) {
    return <Past room={room} place={place} path={path} start={start} />;
  }
  const { channel, messages, before, after, position, focus } = room;
  return (
    <>
      {failure && (
        <div class="room-notice">
          <Notice tone="bad">
            {failure.fields.content ?? failure.message}
          </Notice>
        </div>
      )}
      <ChatRoom
        channel={channel}
        place={place}
        me={me}
        kind={kind}
        rights={room.rights}
        refusal={room.refusal}
        slowSeconds={room.slowSeconds}
        slowWait={room.slowWait}
        thread={room.thread}
        threads={room.threads}
        reading={room.reading}
        blocked={room.blocked}
        people={people}
        initial={{ messages, before, after, position }}
        focus={focus}
        path={path}
        start={start}
        text={failure?.values.content ?? ""}
        closed={props.closed}
      />
    </>
  );
}

/** Older messages at an address of their own: what "Load older messages" leads to without scripts. */
function Past(
  { room, place, path, start }: Pick<
    RoomProps,
    "room" | "place" | "path" | "start"
  >,
) {
  const reader = usePageReader();
  const { t } = reader;
  const lines = room.messages.map((message) => ({
    ...message,
    key: message.id,
    state: "sent" as const,
  }))
    .reverse();
  return (
    <div class="chat">
      <section
        class="history past"
        aria-label={t("chat.log", { place })}
        tabIndex={0}
      >
        <div class="history-rows">
          {room.before === null ? start : (
            <div class="history-more">
              <a
                class="button small quiet"
                href={`${path}?before=${room.before}`}
              >
                {t("chat.older")}
              </a>
            </div>
          )}
          {layOut(lines, reader, null).map((row) =>
            row.kind === "day"
              ? <DayLine key={row.key} at={row.at} />
              : row.kind === "message" && (
                <MessageRow key={row.key} item={row.line} head={row.head} />
              )
          )}
          <div class="history-more">
            <a class="button small" href={path}>{t("chat.jump")}</a>
          </div>
        </div>
      </section>
    </div>
  );
}
