import { type Advice, stepNumbers } from "../../lib/ai/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Meter } from "../charts/Meter.tsx";

/** The rank, and how far the next one is. */
export function RankCard({ rank }: { rank: Advice["rank"] }) {
  const { t } = usePageReader();
  return (
    <section class="card insight-card" aria-labelledby="insights-rank">
      <h2 id="insights-rank">{t("insights.rank")}</h2>
      <p class="insight-figure">{rank.now}</p>
      <p class="insight-next">
        {rank.next
          ? t("insights.rankNext", { rank: rank.next })
          : t("insights.rankTop")}
      </p>
      <ul class="insight-steps">
        {rank.steps.map((step) => (
          <li key={step.what}>
            <span class="insight-step">
              <span>{t(`insights.step.${step.what}`)}</span>
              <span class="number">
                {t("insights.stepOf", stepNumbers(step))}
              </span>
            </span>
            <Meter done={step.done} goal />
          </li>
        ))}
      </ul>
    </section>
  );
}
