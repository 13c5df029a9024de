import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import type { ScheduledMessage } from "../../../lib/messages/scheduled/types.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import type { Chat } from "../../../lib/realtime/client/chat.ts";
import { useChannelEvent } from "../../../lib/realtime/client/hooks/channel.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { Glyph } from "../../Glyph.tsx";
import { CLOCK } from "../glyphs.ts";
import { MessageText } from "../MessageText.tsx";
import { TimeField } from "../questions/TimeField.tsx";
import { complain } from "../use_tools.ts";
import { useAnswer } from "./use_answer.ts";
import { Waiting } from "./Waiting.tsx";

/** What the reader has scheduled in this room: change it, send it now, or let it be. */
export function ScheduledPane({ chat }: { chat: Chat }) {
  const { t } = useRoomReader();
  const { channel, me } = chat;
  const path = `/api/channels/${encodeURIComponent(channel)}/scheduled`;
  const list = useAnswer<ScheduledMessage[]>(
    path,
    ({ scheduled }) =>
      Array.isArray(scheduled) ? scheduled as ScheduledMessage[] : [],
  );
  useChannelEvent(`private-user-${me.id}`, "message:scheduled", list.again);
  if (list.value === null) return <Waiting {...list} />;
  if (list.value.length === 0) {
    return (
      <div class="side-empty">
        <Glyph d={CLOCK} size={22} />
        <p>{t("room.noScheduled")}</p>
      </div>
    );
  }
  const change = async (
    one: ScheduledMessage,
    method: "PATCH" | "DELETE",
    body?: unknown,
  ) => {
    try {
      await call(getPage().env, method, `${path}/${one.id}`, body);
      list.again();
    } catch (error) {
      complain(t, error);
    }
  };
  return (
    <ul class="side-list">
      {list.value.map((one) => (
        <Scheduled
          key={one.id}
          one={one}
          change={(body) => change(one, "PATCH", body)}
          cancel={() => change(one, "DELETE")}
        />
      ))}
    </ul>
  );
}

function Scheduled(
  { one, change, cancel }: {
    one: ScheduledMessage;
    change: (body: { content?: string; sendAt?: number }) => Promise<void>;
    cancel: () => Promise<void>;
  },
) {
  const reader = useRoomReader();
  const { t } = reader;
  const [editing, setEditing] = useState(false);
  const [content, setContent] = useState(one.content);
  const [sendAt, setSendAt] = useState<number | null>(one.sendAt);
  return (
    <li class="side-card">
      <div class="side-card-head">
        <Glyph d={CLOCK} size={14} />
        <strong>{dayTime(one.sendAt, reader)}</strong>
        {one.state === "failed" && (
          <span class="chip bad">{t("room.scheduledFailed")}</span>
        )}
      </div>
      {one.reason && <p class="wrong">{one.reason}</p>}
      {editing
        ? (
          <>
            <textarea
              class="input"
              rows={3}
              value={content}
              aria-label={t("chat.editLabel")}
              onInput={(event) => setContent(event.currentTarget.value)}
            />
            <TimeField value={sendAt} set={setSendAt} />
          </>
        )
        : <MessageText content={one.content} />}
      <div class="side-card-actions">
        {editing
          ? (
            <>
              <button
                type="button"
                class="button small primary"
                disabled={sendAt === null || content.trim() === ""}
                onClick={() => {
                  setEditing(false);
                  void change({ content: content.trim(), sendAt: sendAt! });
                }}
              >
                {t("chat.save")}
              </button>
              <button
                type="button"
                class="button small quiet"
                onClick={() => setEditing(false)}
              >
                {t("chat.cancel")}
              </button>
            </>
          )
          : (
            <>
              <button
                type="button"
                class="button small"
                onClick={() => setEditing(true)}
              >
                {t("chat.edit")}
              </button>
              <button
                type="button"
                class="button small quiet danger"
                onClick={() => void cancel()}
              >
                {t("room.doNotSend")}
              </button>
            </>
          )}
      </div>
    </li>
  );
}
