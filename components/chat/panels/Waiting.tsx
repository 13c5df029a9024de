import { useRoomReader } from "../../../lib/i18n/live_room.ts";

/** While an answer is on its way, or when it did not come. */
export function Waiting(
  { failure, again }: { failure: string | null; again: () => void },
) {
  const { t } = useRoomReader();
  if (failure !== null) {
    return (
      <div class="side-empty" role="alert">
        <p>{t("room.notLoaded")} {failure}</p>
        <button type="button" class="button small" onClick={again}>
          {t("chat.retry")}
        </button>
      </div>
    );
  }
  return (
    <div class="side-wait" role="status">
      <span class="unseen">{t("room.loading")}</span>
      <i class="bone" />
      <i class="bone" />
      <i class="bone" />
    </div>
  );
}
