import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { dayTime } from "../../lib/i18n/day.ts";
import type { Quote } from "../../lib/messages/types.ts";
import { useRoomTools } from "./room_tools.ts";

/** Another message, as it was when it was quoted. Of this room, it leads there. */
export function QuoteBlock({ quote }: { quote: Quote }) {
  const reader = useChatReader();
  const tools = useRoomTools();
  const { author, excerpt, sentAt, id, channel } = quote;
  const words = (
    <>
      <span class="quote-author">{author.name}</span>
      <span class="quote-text">{excerpt}</span>
      <time dateTime={new Date(sentAt).toISOString()}>
        {dayTime(sentAt, reader)}
      </time>
    </>
  );
  return tools?.channel === channel
    ? (
      <button
        type="button"
        class="quote"
        tabIndex={-1}
        title={reader.t("chat.toQuoted")}
        onClick={() => tools.show(id)}
      >
        {words}
      </button>
    )
    : <div class="quote">{words}</div>;
}
