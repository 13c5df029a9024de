import type { SkillDemand } from "../../lib/ai/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Meter } from "../charts/Meter.tsx";

/** How much a person's skills are asked for. */
export function DemandCard({ demand }: { demand: readonly SkillDemand[] }) {
  const { t } = usePageReader();
  const most = Math.max(1, ...demand.map(({ now }) => now));
  return (
    <section class="card insight-card" aria-labelledby="insights-demand">
      <h2 id="insights-demand">{t("insights.demand")}</h2>
      {demand.length === 0
        ? (
          <>
            <p class="quiet-text">{t("insights.noSkills")}</p>
            <p>
              <a class="button small" href="/settings">
                {t("insights.addSkills")}
              </a>
            </p>
          </>
        )
        : (
          <table class="demand">
            <caption>{t("insights.demandLead")}</caption>
            <thead class="unseen">
              <tr>
                <th scope="col">{t("insights.skill")}</th>
                <th scope="col">{t("insights.now")}</th>
                <th scope="col">{t("insights.before")}</th>
              </tr>
            </thead>
            <tbody>
              {demand.map(({ skill, now, before }) => (
                <tr key={skill}>
                  <th scope="row">
                    <a href={`/bounties?skill=${encodeURIComponent(skill)}`}>
                      {skill}
                    </a>
                    <Meter done={now / most} />
                  </th>
                  <td class="number">{now}</td>
                  <td
                    class="number demand-before"
                    title={t("insights.before")}
                  >
                    {before}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
    </section>
  );
}
