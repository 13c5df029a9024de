import type { Advice } from "../../lib/ai/mod.ts";
import { DAY } from "../../lib/clock.ts";
import { shortDate, usePageReader } from "../../lib/i18n/mod.ts";
import { StepLine } from "../charts/StepLine.tsx";

/** Points that the scale spans at least: a change by three must not look like a fall. */
const SPAN = 60;

/** Trust over the last months; a line, and the numbers as a table. */
export function TrustCard({ trust }: { trust: Advice["trust"] }) {
  const reader = usePageReader();
  const { t } = reader;
  const { now, history } = trust;
  const values = history.map((point) => point.trust);
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const half =
    Math.max(SPAN, 1.3 * (Math.max(...values) - Math.min(...values))) /
    2;
  const first = history[0]!;
  const days = Math.max(
    1,
    Math.round((history.at(-1)!.at - first.at) / DAY),
  );
  // The two ends are no changes.
  const changes = history.slice(1, -1).reverse();
  return (
    <section class="card insight-card" aria-labelledby="insights-trust">
      <h2 id="insights-trust">{t("insights.trust")}</h2>
      <p class="insight-figure">{t("insights.trustNow", { trust: now })}</p>
      <StepLine
        points={history.map(({ at, trust }) => ({ x: at, y: trust }))}
        low={middle - half}
        high={middle + half}
        label={t("insights.trustSays", { from: first.trust, to: now, days })}
      />
      <p class="chart-ends">
        <span>{shortDate(first.at, reader)}</span>
        <span>{shortDate(history.at(-1)!.at, reader)}</span>
      </p>
      {changes.length > 0 && (
        <details class="numbers">
          <summary>{t("insights.trustTable")}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("insights.when")}</th>
                <th scope="col" class="number">{t("insights.trust")}</th>
              </tr>
            </thead>
            <tbody>
              {changes.slice(0, 20).map(({ at, trust }) => (
                <tr key={at}>
                  <td>{shortDate(at, reader)}</td>
                  <td class="number">{trust}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}
