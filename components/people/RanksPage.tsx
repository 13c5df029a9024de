import { DAY } from "../../lib/clock.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import {
  INITIAL_TRUST,
  type Rank,
  RANKS,
  RATING_MARGIN,
  REQUIREMENTS,
  type Step,
  TRUST_MARGIN,
  TRUST_POINTS,
} from "../../lib/users/mod.ts";
import { Shell } from "../shell/Shell.tsx";
import { RankProgress } from "./profile/RankProgress.tsx";

export interface RanksProps {
  frame: Frame;
  rank: string;
  next: { rank: Rank; steps: Step[] } | null;
}

/** The ladder, what each step asks for and why, and what moves trust. */
export function RanksPage({ frame, rank, next }: RanksProps) {
  const { t, locale } = usePageReader();
  const number = (value: number) =>
    value === 0 ? t("ranks.none") : value.toLocaleString(locale);
  return (
    <Shell frame={frame} title={t("ranks.title")} narrow>
      <p class="prose section">
        {t("ranks.lead")} <a href="/leaderboard">{t("ranks.board")}</a>
      </p>
      <div class="card section table-card">
        <table class="ladder">
          <caption class="unseen">{t("ranks.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("ranks.rank")}</th>
              <th scope="col" class="number">{t("rank.completed")}</th>
              <th scope="col" class="number">{t("rank.rating")}</th>
              <th scope="col" class="number">{t("rank.trust")}</th>
              <th scope="col" class="number">{t("rank.tenure")}</th>
            </tr>
          </thead>
          <tbody>
            {RANKS.map((each) => {
              const { completed, rating, trust, tenure } = REQUIREMENTS[each];
              return (
                <tr key={each} class={each === rank ? "own" : undefined}>
                  <th scope="row">
                    {each}
                    {each === rank && (
                      <span class="chip accent">{t("ranks.you")}</span>
                    )}
                  </th>
                  <td class="number">{number(completed)}</td>
                  <td class="number">
                    {rating === 0
                      ? t("ranks.none")
                      : rating.toLocaleString(locale, {
                        minimumFractionDigits: 1,
                      })}
                  </td>
                  <td class="number">{number(trust)}</td>
                  <td class="number">{number(tenure / DAY)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {next && (
        <section class="section" aria-labelledby="ranks-next">
          <div class="section-head">
            <h2 id="ranks-next">{t("person.progress", { rank: next.rank })}</h2>
          </div>
          <div class="card person-card">
            <RankProgress next={next} />
          </div>
        </section>
      )}
      <section class="section" aria-labelledby="ranks-why">
        <div class="section-head">
          <h2 id="ranks-why">{t("ranks.why")}</h2>
        </div>
        <ul class="prose rank-reasons">
          <li>{t("ranks.whyCompleted")}</li>
          <li>{t("ranks.whyRating")}</li>
          <li>{t("ranks.whyTrust")}</li>
          <li>{t("ranks.whyTenure")}</li>
        </ul>
      </section>
      <section class="section" aria-labelledby="ranks-keeping">
        <div class="section-head">
          <h2 id="ranks-keeping">{t("ranks.keeping")}</h2>
        </div>
        <p class="prose">
          {t("ranks.keepingBody", {
            trust: TRUST_MARGIN,
            rating: RATING_MARGIN,
          })}
        </p>
      </section>
      <TrustPoints />
    </Shell>
  );
}

/** The table of `TRUST_POINTS`, as it is. */
function TrustPoints() {
  const { t } = usePageReader();
  const { bounty_completed, ...others } = TRUST_POINTS;
  const rows: [what: string, points: number][] = [
    ...Object.entries(bounty_completed).toReversed().map((
      [rating, points],
    ): [string, number] => [
      t("ranks.completedWith", { rating: Number(rating) }),
      points,
    ]),
    ...(Object.keys(others) as (keyof typeof others)[]).map((
      reason,
    ): [string, number] => [t(`trust.reason.${reason}`), others[reason]]),
    [t("ranks.inactivity"), -1],
  ];
  return (
    <section class="section" aria-labelledby="ranks-trust">
      <div class="section-head">
        <div>
          <h2 id="ranks-trust">{t("ranks.trustTitle")}</h2>
          <p>{t("ranks.trustLead", { initial: INITIAL_TRUST })}</p>
        </div>
      </div>
      <div class="card table-card">
        <table class="ladder">
          <thead>
            <tr>
              <th scope="col">{t("ranks.what")}</th>
              <th scope="col" class="number">{t("ranks.points")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([what, points]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td class={`number delta ${points > 0 ? "up" : "down"}`}>
                  {points > 0 ? "+" : "−"}
                  {Math.abs(points)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
