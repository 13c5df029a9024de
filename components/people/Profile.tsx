import type { GuildRole } from "../../lib/guilds/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyRow, Frame } from "../../lib/pages/mod.ts";
import type {
  PublicUser,
  Rank,
  Standing,
  Step,
  TrustRecord,
} from "../../lib/users/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { MessageCircle, Pencil } from "lucide-preact";
import { MuteLink } from "../notifications/MuteLink.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Figures } from "./profile/Figures.tsx";
import { RankProgress } from "./profile/RankProgress.tsx";
import { TrustChanges } from "./profile/TrustChanges.tsx";
import { TrustChart } from "./profile/TrustChart.tsx";
import { Work } from "./profile/Work.tsx";

export interface ProfileProps {
  frame: Frame;
  person: PublicUser;
  standing: Standing;
  next: { rank: Rank; steps: Step[] } | null;
  /** Newest first. */
  history: TrustRecord[];
  guilds: { id: string; name: string; role: GuildRole }[];
  worked: BountyRow[];
  commissioned: BountyRow[];
}

/** Changes of trust that are told in words. */
const CHANGES = 6;

/** Somebody, as everybody may see them. */
export function Profile(props: ProfileProps) {
  const { frame, person, standing, next, history } = props;
  const { t, now } = usePageReader();
  const own = person.id === frame.me.id;
  const knowsWhy = own || frame.me.role === "admin";
  return (
    <Shell frame={frame} title={person.name} about={`@${person.handle}`}>
      <div class="person-page">
        <div>
          <div class="profile section">
            <Avatar {...person} size={72} />
            <div>
              <h2>{person.name}</h2>
              <p>
                @{person.handle}
                <a class="chip accent" href="/ranks">{person.rank}</a>
              </p>
            </div>
            {own
              ? (
                <a class="button" href="/settings">
                  <Pencil size={14} aria-hidden="true" />
                  {t("person.edit")}
                </a>
              )
              : (
                <div class="person-acts">
                  <a class="button primary" href={`/messages/${person.handle}`}>
                    <MessageCircle size={15} aria-hidden="true" />
                    {t("person.message")}
                  </a>
                  <MuteLink kind="person" id={person.id} />
                </div>
              )}
          </div>
          {person.bio && <p class="prose section person-bio">{person.bio}</p>}
          {person.skills.length > 0 && (
            <ul class="chips person-skills" aria-label={t("person.skills")}>
              {person.skills.map((skill) => (
                <li key={skill}>
                  <a
                    class="chip"
                    href={`/search?kind=user&q=${encodeURIComponent(skill)}`}
                  >
                    {skill}
                  </a>
                </li>
              ))}
            </ul>
          )}
          <Figures person={person} standing={standing} />
          <Work worked={props.worked} commissioned={props.commissioned} />
        </div>
        <div>
          <section class="section" aria-labelledby="person-progress">
            <div class="section-head">
              <h2 id="person-progress">
                {next ? t("person.progress", { rank: next.rank }) : person.rank}
              </h2>
              <a class="button small quiet" href="/ranks">
                {t("person.howRanks")}
              </a>
            </div>
            <div class="card person-card">
              <RankProgress next={next} />
            </div>
          </section>
          <section class="section" aria-labelledby="person-history">
            <div class="section-head">
              <h2 id="person-history">{t("person.history")}</h2>
            </div>
            <div class="card person-card">
              <TrustChart
                history={history}
                trust={person.trust}
                now={now()}
              />
            </div>
          </section>
          {knowsWhy && history.length > 0 && (
            <section class="section" aria-labelledby="person-changes">
              <div class="section-head">
                <h2 id="person-changes">{t("person.changes")}</h2>
              </div>
              <TrustChanges history={history.slice(0, CHANGES)} />
            </section>
          )}
          <Guilds guilds={props.guilds} />
        </div>
      </div>
    </Shell>
  );
}

function Guilds({ guilds }: Pick<ProfileProps, "guilds">) {
  const { t } = usePageReader();
  return (
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
                <span class="row-side">{t(`members.role.${guild.role}`)}</span>
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}
