import type { Trend } from "../../lib/ai/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Minus, TrendingDown, TrendingUp } from "lucide-preact";
import { WeekBars } from "../charts/WeekBars.tsx";
import { trendReason } from "./words.ts";

const ICONS = { rising: TrendingUp, falling: TrendingDown, steady: Minus };

export interface TrendRowProps {
  trend: Trend;
  /** As people call it. */
  name: string;
  href: string;
}

/** One category or skill: where it goes, by how much, and why that is said. */
export function TrendRow({ trend, name, href }: TrendRowProps) {
  const { t, locale } = usePageReader();
  const { direction, weeks, reward, taken, note } = trend;
  const Icon = ICONS[direction];
  return (
    <li class="row trend">
      <span class={`trend-mark ${direction}`}>
        <Icon size={16} aria-hidden="true" />
        <span class="unseen">{t(`trending.${direction}`)}:</span>
      </span>
      <span class="row-main">
        <a class="row-link" href={href}>{name}</a>
        <span class="trend-why">{note ?? trendReason(trend, t)}</span>
        {reward !== null && taken !== null && (
          <span class="trend-facts">
            {t("trending.offer", {
              reward: t("bounties.credits", { count: reward }),
            })} · {t("trending.takenShare", {
              share: new Intl.NumberFormat(locale, { style: "percent" })
                .format(taken),
            })}
          </span>
        )}
      </span>
      <span class="trend-chart">
        <WeekBars
          weeks={weeks}
          label={t("trending.weeksSay", { name, weeks: weeks.join(", ") })}
        />
      </span>
      <span class="trend-now number" aria-hidden="true">{trend.now}</span>
    </li>
  );
}
