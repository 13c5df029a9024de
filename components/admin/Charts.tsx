import { useAdminReader } from "../../lib/i18n/live_admin.ts";
import type { Sample } from "../../lib/realtime/inspect_types.ts";
import { Spark } from "./Spark.tsx";

/** How the server has been doing, a figure and its last two minutes each. */
export function Charts({ samples }: { samples: readonly Sample[] }) {
  const { t, locale } = useAdminReader();
  const none = t("admin.chart.none");
  const number = new Intl.NumberFormat(locale, {
    notation: "compact",
    maximumFractionDigits: 1,
  });
  const plain = (value: number | null) =>
    value === null ? none : number.format(value);
  const ms = (value: number | null) =>
    value === null
      ? none
      : t("admin.chart.ms", { value: number.format(value) });
  const rows = [
    ["admin.chart.connections", ["connections"], plain],
    ["admin.chart.publishes", ["publishes"], plain],
    ["admin.chart.deliveries", ["deliveries"], plain],
    ["admin.chart.batch", ["batch"], plain],
    ["admin.chart.lag", ["lagP50", "lagP99"], ms],
  ] as const;
  return (
    <ul class="charts">
      {rows.map(([title, fields, write]) => {
        const label = t(title);
        const series = fields.map((field) => samples.map((s) => s[field]));
        const now = series.map((values) => values.at(-1) ?? null);
        const peak = Math.max(
          0,
          ...series.at(-1)!.map((value) => value ?? 0),
        );
        const figure = now.length === 1
          ? write(now[0]!)
          : now[0] === null
          ? none
          : `${t("admin.chart.p50", { value: write(now[0]!) })}, ${
            t("admin.chart.p99", { value: write(now[1]!) })
          }`;
        return (
          <li key={title} class="card chart">
            <h3>{label}</h3>
            <p class={now.length === 1 ? "chart-now" : "chart-now two"}>
              {now.length === 1 || now[0] === null ? figure : (
                <>
                  <span>{t("admin.chart.p50", { value: write(now[0]!) })}</span>
                  <span class="second">
                    {t("admin.chart.p99", { value: write(now[1]!) })}
                  </span>
                </>
              )}
            </p>
            <Spark
              series={series}
              label={t("admin.chart.says", {
                label,
                now: figure,
                max: write(peak),
              })}
            />
            <p class="chart-peak">
              {t("admin.chart.peak", { max: write(peak) })}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
