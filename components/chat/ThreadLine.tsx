import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { relativeTime } from "../../lib/i18n/time.ts";
import type { Thread } from "../../lib/messages/types.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { Avatar } from "../Avatar.tsx";
import { threadStates } from "../threads/states.ts";
import { useRoomTools } from "./room_tools.ts";

const FACES = 3;

/** Below a message: how many replied, who, and when last. Opens the thread. */
export function ThreadLine(
  { item, thread }: { item: ChatItem; thread: Thread },
) {
  const reader = useChatReader();
  const tools = useRoomTools();
  const unread = threadStates.value.get(item.id)?.unread ?? 0;
  if (thread.count === 0) return null;
  const words = (
    <>
      <span class="faces">
        {thread.authorIds.slice(0, FACES).map((id) => (
          <Avatar key={id} id={id} name={tools?.nameOf(id) ?? "?"} size={20} />
        ))}
      </span>
      <strong>{reader.t("chat.replies", { count: thread.count })}</strong>
      {unread > 0 && (
        <span class="count thread-new">
          {unread > 99
            ? reader.t("chat.newRepliesMany")
            : reader.t("chat.newReplies", { count: unread })}
        </span>
      )}
      <span class="thread-last">
        {relativeTime(thread.lastAt, reader.now(), reader)}
      </span>
    </>
  );
  return tools
    ? (
      <button
        type="button"
        class="thread-line"
        tabIndex={-1}
        onClick={() => tools.openThread(item.id)}
      >
        {words}
      </button>
    )
    : <div class="thread-line">{words}</div>;
}
