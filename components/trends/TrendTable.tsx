import type { Trend } from "../../lib/ai/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";

/** The numbers behind a list of trends, for who reads tables rather than charts. */
export function TrendTable(
  { trends, nameOf }: {
    trends: readonly Trend[];
    nameOf: (trend: Trend) => string;
  },
) {
  const { t, locale } = usePageReader();
  const share = new Intl.NumberFormat(locale, { style: "percent" });
  const number = new Intl.NumberFormat(locale);
  return (
    <details class="numbers">
      <summary>{t("trending.table")}</summary>
      <div
        class="numbers-scroll"
        tabIndex={0}
        role="region"
        aria-label={t("trending.table")}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{t("trending.name")}</th>
              <th scope="col">{t("trending.direction")}</th>
              <th scope="col" class="number">{t("trending.now")}</th>
              <th scope="col" class="number">{t("trending.before")}</th>
              <th scope="col" class="number">{t("trending.reward")}</th>
              <th scope="col" class="number">{t("trending.taken")}</th>
              <th scope="col">{t("trending.weeks")}</th>
            </tr>
          </thead>
          <tbody>
            {trends.map((trend) => (
              <tr key={trend.name}>
                <th scope="row">{nameOf(trend)}</th>
                <td>{t(`trending.${trend.direction}`)}</td>
                <td class="number">{trend.now}</td>
                <td class="number">{trend.before}</td>
                <td class="number">
                  {trend.reward === null ? "–" : number.format(trend.reward)}
                </td>
                <td class="number">
                  {trend.taken === null ? "–" : share.format(trend.taken)}
                </td>
                <td class="weeks">{trend.weeks.join(" ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
