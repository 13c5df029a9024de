import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import type { Chat } from "../../../lib/realtime/client/chat.ts";
import {
  type ChatItem,
  readMessages,
  sentItem,
} from "../../../lib/realtime/client/messages.ts";
import { Avatar } from "../../Avatar.tsx";
import { Glyph } from "../../Glyph.tsx";
import { PIN, X } from "../glyphs.ts";
import { MessageText } from "../MessageText.tsx";
import { canDo, type RoomTools } from "../room_tools.ts";
import { useAnswer } from "./use_answer.ts";
import { Waiting } from "./Waiting.tsx";

/** The pinned messages of a room; each leads to its place. */
export function PinsPane({ tools, chat }: { tools: RoomTools; chat: Chat }) {
  const reader = useRoomReader();
  const { t } = reader;
  const path = `/api/channels/${encodeURIComponent(tools.channel)}/pins`;
  // What is pinned or let go meanwhile shows on the messages that the page holds: then the list is read again.
  const held = chat.messages.value.filter(({ pinned }) => pinned)
    .map(({ id }) => id).join();
  const pins = useAnswer<ChatItem[]>(
    path,
    ({ messages }) =>
      readMessages(messages).map((message) => sentItem(message, tools.me)),
    [held],
  );
  if (pins.value === null) return <Waiting {...pins} />;
  if (pins.value.length === 0) {
    return (
      <div class="side-empty">
        <Glyph d={PIN} size={22} />
        <p>{t("room.noPins")}</p>
      </div>
    );
  }
  return (
    <ul class="side-list">
      {pins.value.map((item) => (
        <li key={item.id} class="side-card">
          <div class="side-card-head">
            <Avatar
              id={item.authorId}
              name={item.author?.name ?? "?"}
              size={20}
            />
            <strong>{item.author?.name}</strong>
            <time dateTime={new Date(item.sentAt).toISOString()}>
              {dayTime(item.sentAt, reader)}
            </time>
            {canDo("pin", item, tools) && (
              <button
                type="button"
                class="icon-button small"
                aria-label={t("room.act.unpin")}
                title={t("room.act.unpin")}
                onClick={(event) => {
                  pins.set(pins.value!.filter((one) => one !== item));
                  tools.act("pin", item, event.currentTarget);
                }}
              >
                <Glyph d={X} size={14} />
              </button>
            )}
          </div>
          <MessageText content={item.content} />
          <button
            type="button"
            class="link-button"
            onClick={() => tools.show(item.id)}
          >
            {t("room.toMessage")}
          </button>
        </li>
      ))}
    </ul>
  );
}
