import type { Shown, Trend, TrendReport } from "../../lib/ai/mod.ts";
import type { BountyCategory } from "../../lib/bounties/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Lightbulb, TrendingUp } from "lucide-preact";
import { WeekBars } from "../charts/WeekBars.tsx";
import { Empty } from "../Empty.tsx";
import { Provenance } from "../insights/Provenance.tsx";
import { Shell } from "../shell/Shell.tsx";
import { TrendRow } from "./TrendRow.tsx";
import { TrendTable } from "./TrendTable.tsx";

export interface TrendingProps {
  frame: Frame;
  shown: Shown<TrendReport>;
}

/** What rises and falls on the platform. */
export function TrendingPage({ frame, shown }: TrendingProps) {
  const { t } = usePageReader();
  const { opened, categories, skills, summary, cut } = shown.value;
  const weeks =
    categories[0]?.weeks.map((_, week) =>
      categories.reduce((sum, { weeks }) => sum + weeks[week]!, 0)
    ) ?? [];
  const nothing = weeks.every((count) => count === 0);
  const category = ({ name }: Trend) =>
    t(`bounty.category.${name as BountyCategory}`);
  return (
    <Shell
      frame={frame}
      title={t("trending.title")}
      actions={
        <a class="button quiet" href="/insights">
          <Lightbulb size={15} aria-hidden="true" />
          <span class="button-text">{t("nav.insights")}</span>
        </a>
      }
    >
      <p class="page-lead">{summary ?? t("trending.lead")}</p>
      {nothing
        ? (
          <Empty
            title={t("trending.none")}
            body={t("trending.noneBody")}
            icon={<TrendingUp size={24} aria-hidden="true" />}
          >
            <a class="button" href="/bounties/new">{t("trending.post")}</a>
          </Empty>
        )
        : (
          <>
            <section
              class="card trend-total"
              aria-label={t("trending.weeks")}
            >
              <div>
                <p class="insight-figure">
                  {t("trending.opened", { count: opened.now })}
                </p>
                <p class="insight-next">
                  {t("trending.openedBefore", { before: opened.before })}
                </p>
                {cut && <p class="insight-next">{t("trending.cut")}</p>}
              </div>
              <WeekBars
                weeks={weeks}
                label={t("trending.weeksSay", {
                  name: t("bounties.title"),
                  weeks: weeks.join(", "),
                })}
              />
            </section>
            <div class="trends">
              <section class="section" aria-labelledby="trending-categories">
                <div class="section-head">
                  <h2 id="trending-categories">{t("trending.categories")}</h2>
                </div>
                <ul class="card rows">
                  {categories.map((trend) => (
                    <TrendRow
                      key={trend.name}
                      trend={trend}
                      name={category(trend)}
                      href={`/bounties?category=${trend.name}`}
                    />
                  ))}
                </ul>
                <TrendTable trends={categories} nameOf={category} />
              </section>
              <section class="section" aria-labelledby="trending-skills">
                <div class="section-head">
                  <h2 id="trending-skills">{t("trending.skills")}</h2>
                </div>
                {skills.length === 0
                  ? <p class="quiet-text">{t("trending.noSkills")}</p>
                  : (
                    <>
                      <ul class="card rows">
                        {skills.slice(0, 12).map((trend) => (
                          <TrendRow
                            key={trend.name}
                            trend={trend}
                            name={trend.name}
                            href={`/bounties?skill=${
                              encodeURIComponent(trend.name)
                            }`}
                          />
                        ))}
                      </ul>
                      <TrendTable
                        trends={skills}
                        nameOf={({ name }) => name}
                      />
                    </>
                  )}
              </section>
            </div>
            <details class="numbers">
              <summary>{t("trending.how")}</summary>
              <p class="quiet-text">{t("trending.howBody")}</p>
            </details>
          </>
        )}
      <Provenance shown={shown} />
    </Shell>
  );
}
