import { useEffect, useState } from "preact/hooks";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { RoomReading } from "../../lib/realtime/client/room_reading.ts";
import { Glyph } from "../Glyph.tsx";
import { ARROW_UP, CHECK } from "./glyphs.ts";

/** Above the messages, when what is unread begins further up: how to get there, or be done with it. */
export function UnreadBar(
  { reading, freshKey, toUnread, markRead }: {
    reading: RoomReading;
    /** Key of the row that the "new" line stands before. */
    freshKey: string | null;
    toUnread: (id: string) => void;
    markRead: () => void;
  },
) {
  const { t } = useChatReader();
  const first = reading.firstUnread.value;
  const [met, setMet] = useState<string | null>(null);
  useEffect(() => {
    if (!first) return;
    const log = document.querySelector(".chat .history");
    const line = log?.querySelector(".day.fresh");
    if (!line) return;
    const look = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) setMet(first.id);
    }, { root: log });
    look.observe(line);
    return () => look.disconnect();
  }, [first?.id, freshKey]);
  if (!first || met === first.id) return null;
  return (
    <div class="unread-bar" role="status">
      <button
        type="button"
        class="unread-jump"
        onClick={() => {
          setMet(first.id);
          toUnread(first.id);
        }}
      >
        <Glyph d={ARROW_UP} size={14} />
        {t("chat.toUnread")}
      </button>
      <button type="button" class="unread-done" onClick={markRead}>
        <Glyph d={CHECK} size={14} />
        {t("chat.markRead")}
      </button>
    </div>
  );
}
