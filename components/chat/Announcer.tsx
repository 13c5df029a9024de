import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";

/** Says what has just come to who cannot see it; never what was there before. */
export function Announcer({ items }: { items: readonly ChatItem[] }) {
  const { t } = useChatReader();
  return (
    <div class="unseen" aria-live="polite">
      {items.map((item) => (
        <p key={item.key}>
          {t("chat.says", {
            name: item.author?.name ?? t("chat.someone"),
            text: item.content,
          })}
        </p>
      ))}
    </div>
  );
}
