import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Fitting } from "../../lib/pages/mod.ts";
import { StateIcon } from "../bounties/StateBadge.tsx";
import { Empty } from "../Empty.tsx";
import { Target } from "lucide-preact";

/** Open bounties that the reader could have, each with the reason why it is here. */
export function FittingBounties({ fitting }: { fitting: Fitting[] }) {
  const { t } = usePageReader();
  return (
    <section class="section" aria-labelledby="home-fit">
      <div class="section-head">
        <h2 id="home-fit">{t("home.fit")}</h2>
        <a class="button small quiet" href="/bounties">
          {t("home.allBounties")}
        </a>
      </div>
      <div class="card">
        {fitting.length === 0
          ? (
            <Empty
              icon={<Target size={22} strokeWidth={1.6} aria-hidden="true" />}
              title={t("home.noFit")}
              body={t("home.noFitBody")}
            />
          )
          : (
            <ul class="rows">
              {fitting.map(({ bounty, why }) => (
                <li key={bounty.id} class="row">
                  <StateIcon state={bounty.state} />
                  <div class="row-main">
                    <a class="row-link" href={`/bounties/${bounty.id}`}>
                      {bounty.title}
                    </a>
                    <p class="row-line">
                      {"guild" in why
                        ? t("home.fitGuild", { name: why.guild })
                        : t("home.fitSkill", { skill: why.skill })}
                    </p>
                  </div>
                  <strong class="row-side">
                    {t("bounties.credits", { count: bounty.reward })}
                  </strong>
                </li>
              ))}
            </ul>
          )}
      </div>
    </section>
  );
}
