import { shortDate, usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyView, Named } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";

/** What one wants to know at a glance. */
export function BountyFacts({ view }: { view: BountyView }) {
  const reader = usePageReader();
  const { t } = reader;
  const { bounty, client, worker, guild } = view;
  return (
    <dl class="facts">
      <div>
        <dt>{t("bounty.reward")}</dt>
        <dd class="facts-reward">
          {t("bounties.credits", { count: bounty.reward })}
        </dd>
      </div>
      {bounty.payout && (
        <div>
          <dt>{t("bounty.paidOut")}</dt>
          <dd>{shortDate(bounty.payout.at, reader)}</dd>
        </div>
      )}
      <div>
        <dt>{t("bounty.deadline")}</dt>
        <dd>
          {bounty.deadline === null
            ? t("bounty.noDeadline")
            : shortDate(bounty.deadline, reader)}
        </dd>
      </div>
      <div>
        <dt>{t("bounty.category")}</dt>
        <dd>
          <a href={`/bounties?category=${bounty.category}`}>
            {t(`bounty.category.${bounty.category}`)}
          </a>
        </dd>
      </div>
      {bounty.skills.length > 0 && (
        <div>
          <dt>{t("bounty.skills")}</dt>
          <dd>
            <ul class="chips">
              {bounty.skills.map((skill) => (
                <li key={skill}>
                  <a
                    class="chip"
                    href={`/bounties?skill=${encodeURIComponent(skill)}`}
                  >
                    {skill}
                  </a>
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
      <div>
        <dt>{t("bounty.client")}</dt>
        <dd>
          <PersonLink person={client} />
        </dd>
      </div>
      {bounty.guildId !== null && (
        <div>
          <dt>{t("bounty.guild")}</dt>
          <dd>
            {guild
              ? (
                <a class="named" href={`/guilds/${guild.id}`}>
                  <Avatar id={guild.id} name={guild.name} size={20} square />
                  {guild.name}
                </a>
              )
              : t("bounties.aGuild")}
          </dd>
        </div>
      )}
      {bounty.workerId !== null && (
        <div>
          <dt>{t("bounty.worker")}</dt>
          <dd>
            <PersonLink person={worker} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function PersonLink({ person }: { person: Named | null }) {
  const { t } = usePageReader();
  if (!person) return <>{t("bounties.someone")}</>;
  return (
    <a class="named" href={`/people/${person.handle}`}>
      <Avatar id={person.id} name={person.name} size={20} />
      {person.name}
    </a>
  );
}
