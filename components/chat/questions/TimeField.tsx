import { useRoomReader } from "../../../lib/i18n/live_room.ts";

/** A point in time where the reader is; `null` while it is none. */
export function TimeField(
  { value, set }: { value: number | null; set: (at: number | null) => void },
) {
  const { t } = useRoomReader();
  return (
    <label class="field">
      <span class="label">{t("room.when")}</span>
      <input
        class="input"
        type="datetime-local"
        required
        min={localText(Date.now())}
        value={value === null ? "" : localText(value)}
        onInput={(event) => {
          const at = new Date(event.currentTarget.value).getTime();
          set(Number.isFinite(at) ? at : null);
        }}
      />
    </label>
  );
}

/** As `datetime-local` wants it: the machine's own time without a zone. */
function localText(at: number): string {
  const shifted = at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}
