import RelativeTime from "../../islands/RelativeTime.tsx";
import type { OracleOverview } from "../../jobs/oracle/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { HistoryChart } from "./HistoryChart.tsx";

const DAY = 86_400_000;
/** The parts of a report's health, as `lib/ai/oracle/report.ts` names them. */
const PARTS = [
  "payments",
  "reviews",
  "accounts",
  "disputes",
  "tribunals",
  "pace",
] as const;

/** Health now, its parts, and its last months; dots are days with critical findings. */
export function HealthCard({ overview }: { overview: OracleOverview }) {
  const { t, locale, timeZone, now } = usePageReader();
  const { latest, history } = overview;
  if (!latest) {
    return <p class="card table-empty">{t("admin.oracle.noReport")}</p>;
  }
  const to = Math.max(now(), latest.at);
  const from = Math.min(history[0]!.at, to - 14 * DAY);
  const day = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: "numeric",
    month: "short",
  });
  const lowest = Math.min(...history.map((r) => r.health.score));
  return (
    <section class="card health" aria-labelledby="oracle-health">
      <div class="health-now">
        <h2 id="oracle-health">{t("admin.oracle.health")}</h2>
        <p class="health-score">
          {latest.health.score}
          <small>/100</small>
        </p>
        <p class="quiet-text">
          {t("admin.oracle.report", {
            activities: latest.activities,
            anomalies: latest.anomalies,
            critical: latest.critical,
          })}
          {" · "}
          <RelativeTime at={latest.at} />
        </p>
      </div>
      <HistoryChart
        points={history.map((r) => ({
          at: r.at,
          value: r.health.score,
          marked: r.critical > 0,
        }))}
        from={from}
        to={to}
        label={t("admin.oracle.chart", {
          days: history.length,
          now: latest.health.score,
          lowest,
        })}
        day={(at) => day.format(at)}
      />
      <dl class="health-parts">
        {PARTS.map((part) => {
          const value = latest.health.components[part] ?? 100;
          return (
            <div key={part}>
              <dt>{t(`admin.oracle.part.${part}`)}</dt>
              <dd>
                <meter
                  min={0}
                  max={100}
                  low={70}
                  high={90}
                  optimum={100}
                  value={value}
                >
                  {value}
                </meter>
                <span>{value}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
