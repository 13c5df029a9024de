import { isEnd } from "../../lib/bounties/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyRow } from "../../lib/pages/mod.ts";
import { StateIcon } from "./StateBadge.tsx";
import { Timed, WHEN } from "./When.tsx";

/** Skills that a row shows; the page has all. */
const SKILLS = 3;

/** Bounties as a list: what, whose, for how much, until when. */
export function BountyRows(
  { rows, skillLinks }: { rows: BountyRow[]; skillLinks?: boolean },
) {
  return (
    <ul class="card rows bounty-rows">
      {rows.map((row) => (
        <Row key={row.bounty.id} {...row} skillLinks={skillLinks} />
      ))}
    </ul>
  );
}

function Row(
  { bounty, client, guild, skillLinks }: BountyRow & { skillLinks?: boolean },
) {
  const { t } = usePageReader();
  const { state, deadline } = bounty;
  return (
    <li class="row bounty-row">
      <StateIcon state={state} />
      <div class="row-main">
        <h3>
          <a class="row-link" href={`/bounties/${bounty.id}`}>{bounty.title}</a>
        </h3>
        <p class="bounty-line">
          <span>{t(`bounty.category.${bounty.category}`)}</span>
          <span>
            <Timed
              text={t("bounty.posted", { when: WHEN })}
              at={bounty.openedAt ?? bounty.createdAt}
            />{" "}
            {t("bounties.by", { name: client?.name ?? t("bounties.someone") })}
          </span>
          {guild && <span>{guild.name}</span>}
          {deadline !== null && !isEnd(state) && state !== "submitted" && (
            <span>
              <Timed
                text={t("bounties.closes", { when: WHEN })}
                at={deadline}
              />
            </span>
          )}
        </p>
      </div>
      <ul class="chips bounty-skills">
        {bounty.skills.slice(0, SKILLS).map((skill) => (
          <li key={skill}>
            {skillLinks
              ? (
                <a
                  class="chip row-over"
                  href={`/bounties?skill=${encodeURIComponent(skill)}`}
                >
                  {skill}
                </a>
              )
              : <span class="chip">{skill}</span>}
          </li>
        ))}
      </ul>
      <strong class="bounty-reward">
        {t("bounties.credits", { count: bounty.reward })}
      </strong>
    </li>
  );
}
