import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { dayName } from "../../lib/i18n/day.ts";

/** "Today", "Yesterday" or the date, between two days of messages. */
export function DayLine({ at, row }: { at: number; row?: string }) {
  const reader = useChatReader();
  const day = dayName(at, reader.now(), reader);
  return (
    <div class="day" role="separator" data-row={row}>
      <span>{"name" in day ? day.name : reader.t(`time.${day.relative}`)}</span>
    </div>
  );
}

/** Where what one has not read begins. */
export function FreshLine() {
  const { t } = useChatReader();
  return (
    <div class="day fresh" role="separator" data-row="fresh">
      <span>{t("chat.newLine")}</span>
    </div>
  );
}
