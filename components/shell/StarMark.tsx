import { useRailReader } from "../../lib/i18n/live_rail.ts";

/** Beside what its reader has starred. */
export function StarMark() {
  const { t } = useRailReader();
  return (
    <span class="star-mark" role="img" aria-label={t("rail.starred")}>★</span>
  );
}
