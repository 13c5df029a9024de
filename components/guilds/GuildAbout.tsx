import RelativeTime from "../../islands/RelativeTime.tsx";
import type { GuildProfile, GuildRole, Member } from "../../lib/guilds/mod.ts";
import { shortDate, usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Entrance, type EntranceProps } from "./Entrance.tsx";
import { GuildNav } from "./GuildNav.tsx";

export interface GuildAboutProps extends EntranceProps {
  frame: Frame;
  role: GuildRole | null;
  /** Admins see every guild from inside and lead them all. */
  inside: boolean;
  leads: boolean;
  profile: GuildProfile;
  members: Member[];
  flash: string | null;
}

/** A guild as everybody may see it. */
export function GuildAbout(props: GuildAboutProps) {
  const { frame, guild, role, inside, leads, profile, members } = props;
  const reader = usePageReader();
  const { t, locale } = reader;
  const number = new Intl.NumberFormat(locale);
  const skills = guild.skills ?? [];
  return (
    <Shell
      frame={frame}
      title={guild.name}
      mark={<Avatar id={guild.id} name={guild.name} size={24} square />}
      flash={props.flash}
      narrow
      actions={
        <GuildNav
          guildId={guild.id}
          here="about"
          inside={inside}
          leads={leads}
          waiting={leads ? guild.applications : 0}
        />
      }
    >
      <div class="profile section">
        <Avatar id={guild.id} name={guild.name} size={72} square />
        <div>
          <h2>{guild.name}</h2>
          <p class="chips">
            <span class="chip">
              {t("guilds.members", { count: guild.memberCount })}
            </span>
            <span class="chip">
              {t(guild.open ? "guilds.others" : "guilds.byApplication")}
            </span>
            {role && (
              <span class="chip accent">{t(`members.role.${role}`)}</span>
            )}
          </p>
          <p>
            {t("guilds.founded", { date: shortDate(guild.createdAt, reader) })}
          </p>
        </div>
      </div>
      {!role && <Entrance {...props} />}
      <section class="section">
        <p class={guild.description ? "prose" : "quiet-text"}>
          {guild.description || t("guild.noDescription")}
        </p>
        {skills.length > 0 && (
          <ul class="chips guild-skills" aria-label={t("guild.skills")}>
            {skills.map((skill) => <li key={skill} class="chip">{skill}</li>)}
          </ul>
        )}
      </section>
      <dl class="card figures section" aria-label={t("guild.figures")}>
        <div>
          <dt>{t("guild.completed")}</dt>
          <dd>{number.format(profile.completed)}</dd>
        </div>
        <div>
          <dt>{t("guild.rating")}</dt>
          <dd>
            {profile.rating === null
              ? t("guild.noRating")
              : `${number.format(Math.round(profile.rating * 10) / 10)} / 5`}
          </dd>
        </div>
        <div>
          <dt>{t("guild.earned")}</dt>
          <dd>{number.format(profile.earned)}</dd>
        </div>
      </dl>
      <section class="section" aria-labelledby="guild-recent">
        <div class="section-head">
          <h2 id="guild-recent">{t("guild.recent")}</h2>
        </div>
        {profile.recent.length === 0
          ? <p class="quiet-text">{t("guild.noRecent")}</p>
          : (
            <ul class="card rows">
              {profile.recent.map((bounty) => (
                <li key={bounty.id} class="row">
                  <div class="row-main">
                    <a class="row-link" href={`/bounties/${bounty.id}`}>
                      {bounty.title}
                    </a>
                    <p class="row-line">
                      {t("guild.paid", {
                        amount: number.format(bounty.amount),
                      })}
                    </p>
                  </div>
                  <span class="row-side">
                    <RelativeTime at={bounty.at} />
                  </span>
                </li>
              ))}
            </ul>
          )}
      </section>
      <section class="section" aria-labelledby="guild-members">
        <div class="section-head">
          <h2 id="guild-members">{t("guild.members")}</h2>
          <p>{t("guilds.members", { count: guild.memberCount })}</p>
        </div>
        <ul class="card guild-faces">
          {members.map((member) => (
            <li key={member.id}>
              <a class="face" href={`/people/${member.handle}`}>
                <Avatar {...member} size={36} />
                <span>
                  <strong>{member.name}</strong>
                  <small>
                    {member.role === "member"
                      ? member.rank
                      : t(`members.role.${member.role}`)}
                  </small>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </Shell>
  );
}
