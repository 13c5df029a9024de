import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyView } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";

/** Guilds shown; the matchmaker may propose more. */
const SHOWN = 5;

/** Whom the matchmaker proposes and why, while the bounty is to be had. */
export function BountyMatches({ view }: { view: BountyView }) {
  const { t, locale } = usePageReader();
  const { bounty, matches } = view;
  if (bounty.state !== "open" && bounty.state !== "matched") return null;
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  return (
    <section aria-labelledby="bounty-matches" class="matches">
      <h3 id="bounty-matches">{t("bounty.matches")}</h3>
      {matches.length === 0
        ? <p class="quiet-text">{t("bounty.looking")}</p>
        : (
          <>
            <p class="quiet-text">{t("bounty.matchesLead")}</p>
            <ol>
              {matches.slice(0, SHOWN).map((match) => (
                <li key={match.id}>
                  <div class="match-head">
                    <a class="named" href={`/guilds/${match.id}`}>
                      <Avatar
                        id={match.id}
                        name={match.name}
                        size={20}
                        square
                      />
                      {match.name}
                    </a>
                    <span class="match-score">
                      {t("bounty.fit", {
                        percent: percent.format(match.score),
                      })}
                    </span>
                  </div>
                  <ul class="reasons">
                    {match.reasons.map((reason) => (
                      <li key={reason}>{reason}</li>
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
          </>
        )}
    </section>
  );
}
