import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { exactTime } from "../../../lib/i18n/time.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import type { MessageVersion } from "../../../lib/messages/types.ts";
import { messagePath } from "../../../lib/realtime/client/message_actions.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { MessageText } from "../MessageText.tsx";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import type { RoomTools } from "../room_tools.ts";
import { Dialog } from "./Dialog.tsx";

/** What a message said before it was changed, the latest version first. */
export function HistoryDialog(
  { item, tools, close }: {
    item: ChatItem;
    tools: RoomTools;
    close: () => void;
  },
) {
  const reader = useRoomReader();
  const { t } = reader;
  const versions = useAnswer<MessageVersion[]>(
    `${messagePath(item.channel, item.id)}/history`,
    (answer) =>
      Array.isArray(answer.versions)
        ? (answer.versions as MessageVersion[])
          .toSorted((a, b) => b.revision - a.revision)
        : [],
  );
  return (
    <Dialog title={t("room.historyTitle")} wide close={close}>
      {tools.kind === "dispute" && <p>{t("room.historyDispute")}</p>}
      {versions.value === null
        ? <Waiting {...versions} />
        : (
          <ol class="versions">
            {versions.value.map(({ revision, content, at }, i) => (
              <li key={revision}>
                <div class="side-card-head">
                  <time
                    dateTime={new Date(at).toISOString()}
                    title={exactTime(at, reader)}
                  >
                    {dayTime(at, reader)}
                  </time>
                  {i === 0 && !item.deleted && (
                    <span class="chip">{t("room.current")}</span>
                  )}
                </div>
                <MessageText content={content} />
              </li>
            ))}
          </ol>
        )}
      <div class="dialog-actions">
        <button type="button" class="button" autofocus onClick={close}>
          {t("room.close")}
        </button>
      </div>
    </Dialog>
  );
}
