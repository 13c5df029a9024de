import type { Trend } from "../../lib/ai/mod.ts";
import type { PageReader } from "../../lib/i18n/mod.ts";

/** Why something is said to rise, fall or stay. */
export function trendReason(
  { direction, now, before, chance }: Trend,
  t: PageReader["t"],
): string {
  if (direction === "steady") {
    return t("trending.why.steady", { now, before });
  }
  return t(`trending.why.${direction}`, {
    now,
    before,
    chance: chance < 0.01
      ? t("trending.chance.rare")
      : t("trending.chance.oneIn", { n: Math.round(1 / chance) }),
  });
}
