import type { GuildRole } from "../../lib/guilds/mod.ts";
import { shortDate, usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import type { PublicUser } from "../../lib/users/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { MessageCircle } from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";

export interface ProfileProps {
  frame: Frame;
  person: PublicUser;
  guilds: { id: string; name: string; role: GuildRole }[];
}

/** Somebody, as everybody may see them. */
export function Profile({ frame, person, guilds }: ProfileProps) {
  const reader = usePageReader();
  const { t } = reader;
  const own = person.id === frame.me.id;
  return (
    <Shell frame={frame} title={person.name} about={`@${person.handle}`} narrow>
      <div class="profile section">
        <Avatar id={person.id} name={person.name} size={72} />
        <div>
          <h2>{person.name}</h2>
          <p>@{person.handle}</p>
        </div>
        {own
          ? <a class="button" href="/settings">{t("person.edit")}</a>
          : (
            <a class="button primary" href={`/messages/${person.handle}`}>
              <MessageCircle size={15} aria-hidden="true" />
              {t("person.message")}
            </a>
          )}
      </div>
      <dl class="card figures section">
        <div>
          <dt>{t("person.trust")}</dt>
          <dd>{person.trust}</dd>
        </div>
        <div>
          <dt>{t("person.rank")}</dt>
          <dd>{person.rank}</dd>
        </div>
        <div>
          <dt>{t("person.since")}</dt>
          <dd>{shortDate(person.createdAt, reader)}</dd>
        </div>
      </dl>
      {person.bio && (
        <section class="section" aria-labelledby="person-about">
          <div class="section-head">
            <h2 id="person-about">{t("person.about")}</h2>
          </div>
          <p class="prose">{person.bio}</p>
        </section>
      )}
      {person.skills.length > 0 && (
        <section class="section" aria-labelledby="person-skills">
          <div class="section-head">
            <h2 id="person-skills">{t("person.skills")}</h2>
          </div>
          <ul class="chips">
            {person.skills.map((skill) => (
              <li key={skill} class="chip">{skill}</li>
            ))}
          </ul>
        </section>
      )}
      <section class="section" aria-labelledby="person-guilds">
        <div class="section-head">
          <h2 id="person-guilds">{t("person.guilds")}</h2>
        </div>
        {guilds.length === 0
          ? <p class="quiet-text">{t("person.noGuilds")}</p>
          : (
            <ul class="card rows">
              {guilds.map((guild) => (
                <li key={guild.id} class="row">
                  <Avatar id={guild.id} name={guild.name} size={28} square />
                  <div class="row-main">
                    <a class="row-link" href={`/guilds/${guild.id}`}>
                      {guild.name}
                    </a>
                  </div>
                  <span class="row-side">
                    {t(`members.role.${guild.role}`)}
                  </span>
                </li>
              ))}
            </ul>
          )}
      </section>
    </Shell>
  );
}
