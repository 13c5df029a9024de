import {
  type Advice,
  GROUPS,
  type InsightGroup,
  type Shown,
} from "../../lib/ai/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { CircleCheck, RefreshCw, TrendingUp } from "lucide-preact";
import { Empty } from "../Empty.tsx";
import { Notice } from "../forms/Notice.tsx";
import { Shell } from "../shell/Shell.tsx";
import { DemandCard } from "./DemandCard.tsx";
import { InsightRow } from "./InsightRow.tsx";
import { Provenance } from "./Provenance.tsx";
import { RankCard } from "./RankCard.tsx";
import { TrustCard } from "./TrustCard.tsx";

export interface InsightsProps {
  frame: Frame;
  shown: Shown<Advice>;
  flash: string | null;
  /** Why it was not refreshed. */
  failure: string | null;
}

/** What somebody is told about themselves. */
export function InsightsPage({ frame, shown, flash, failure }: InsightsProps) {
  const { t } = usePageReader();
  const { insights, summary, trust, rank, demand } = shown.value;
  return (
    <Shell
      frame={frame}
      title={t("insights.title")}
      flash={flash}
      actions={
        <>
          <a class="button quiet" href="/trending">
            <TrendingUp size={15} aria-hidden="true" />
            <span class="button-text">{t("nav.trending")}</span>
          </a>
          <form method="post">
            <button type="submit" class="button">
              <RefreshCw size={15} aria-hidden="true" />
              <span class="button-text">{t("ai.refresh")}</span>
            </button>
          </form>
        </>
      }
    >
      {failure && <Notice tone="bad">{failure}</Notice>}
      <p class="page-lead">{summary ?? t("insights.lead")}</p>
      <div class="insights">
        <div class="insights-main">
          {insights.length === 0 && (
            <Empty
              title={t("insights.none")}
              body={t("insights.noneBody")}
              icon={<CircleCheck size={24} aria-hidden="true" />}
            />
          )}
          {(Object.keys(GROUPS) as InsightGroup[]).map((group) => {
            const some = insights.filter(({ kind }) =>
              GROUPS[group].includes(kind)
            );
            if (some.length === 0) return null;
            return (
              <section
                key={group}
                class="section"
                aria-labelledby={`insights-${group}`}
              >
                <div class="section-head">
                  <h2 id={`insights-${group}`}>
                    {t(`insights.group.${group}`)}
                  </h2>
                </div>
                <ul class="card rows">
                  {some.map((insight) => (
                    <InsightRow key={insight.id} insight={insight} />
                  ))}
                </ul>
              </section>
            );
          })}
        </div>
        <div class="insights-side">
          <TrustCard trust={trust} />
          <RankCard rank={rank} />
          <DemandCard demand={demand} />
        </div>
      </div>
      <Provenance shown={shown} />
    </Shell>
  );
}
