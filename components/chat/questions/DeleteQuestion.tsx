import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type { Chat } from "../../../lib/realtime/client/chat.ts";
import { deleteMessage } from "../../../lib/realtime/client/message_actions.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { QuoteBlock } from "../QuoteBlock.tsx";
import { quoteOf } from "../quote_of.ts";
import type { RoomTools } from "../room_tools.ts";
import { complain } from "../use_tools.ts";
import { Question } from "./Question.tsx";

/** Asks before a message is taken away, and says what stays. */
export function DeleteQuestion(
  { item, lists, tools, close }: {
    item: ChatItem;
    lists: () => Chat[];
    tools: RoomTools;
    close: () => void;
  },
) {
  const { t } = useRoomReader();
  const remove = () => {
    close();
    deleteMessage(getPage().env, lists(), item, tools.me.id)
      .catch((error) => complain(t, error));
  };
  return (
    <Question
      title={t("room.deleteTitle")}
      action={t("room.act.delete")}
      run={remove}
      close={close}
    >
      <QuoteBlock quote={quoteOf(item)} />
      <p>
        {t(tools.kind === "dispute" ? "room.deleteDispute" : "room.deleteBody")}
      </p>
    </Question>
  );
}
