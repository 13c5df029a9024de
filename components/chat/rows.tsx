import { useReader } from "../../lib/i18n/live.ts";
import { dayName } from "../../lib/i18n/time.ts";

/** "Today", "Yesterday" or the date, between two days of messages. */
export function DayLine({ at }: { at: number }) {
  const reader = useReader();
  const day = dayName(at, reader.now(), reader);
  return (
    <div class="day" role="separator">
      <span>{"name" in day ? day.name : reader.t(`time.${day.relative}`)}</span>
    </div>
  );
}

/** Where what one has not read begins. */
export function FreshLine() {
  const { t } = useReader();
  return (
    <div class="day fresh" role="separator">
      <span>{t("chat.newLine")}</span>
    </div>
  );
}
