import type { ComponentChildren } from "preact";
import type { Guild, GuildRole } from "../../lib/guilds/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { Compass, Plus } from "lucide-preact";
import { StarMark } from "../shell/StarMark.tsx";
import { Shell } from "../shell/Shell.tsx";

export interface GuildListProps {
  frame: Frame;
  mine: (Guild & { role: GuildRole })[];
  others: Guild[];
  /** Guilds that the reader is invited to. */
  invited: Guild[];
  flash: string | null;
}

/** The guilds one is in, and those one could join. */
export function GuildList(
  { frame, mine, others, invited, flash }: GuildListProps,
) {
  const { t } = usePageReader();
  const starred = new Set(
    frame.rooms.filter((room) => room.starred).map((room) => room.subjectId),
  );
  const sorted = mine.toSorted((a, b) =>
    Number(starred.has(b.id)) - Number(starred.has(a.id))
  );
  return (
    <Shell
      frame={frame}
      title={t("guilds.title")}
      about={t("guilds.lead")}
      flash={flash}
      actions={
        <a class="button small" href="/guilds/new">
          <Plus size={15} aria-hidden="true" />
          {t("guilds.new")}
        </a>
      }
    >
      {invited.length > 0 && (
        <section class="section" aria-labelledby="guilds-invited">
          <div class="section-head">
            <h2 id="guilds-invited">{t("guilds.invitations")}</h2>
          </div>
          <ul class="tiles">
            {invited.map((guild) => (
              <Tile key={guild.id} guild={guild}>
                {guild.open
                  ? <JoinButton guild={guild} />
                  : <AcceptButton guild={guild} />}
              </Tile>
            ))}
          </ul>
        </section>
      )}
      {mine.length > 0 && (
        <section class="section" aria-labelledby="guilds-mine">
          <div class="section-head">
            <h2 id="guilds-mine">{t("guilds.yours")}</h2>
          </div>
          <ul class="tiles">
            {sorted.map((guild) => (
              <Tile key={guild.id} guild={guild}>
                <span>
                  {starred.has(guild.id) && <StarMark />}{" "}
                  <span class="chip">{t(`members.role.${guild.role}`)}</span>
                </span>
              </Tile>
            ))}
          </ul>
        </section>
      )}
      <section class="section" aria-labelledby="guilds-others">
        <div class="section-head">
          <h2 id="guilds-others">{t("guilds.others")}</h2>
        </div>
        {others.length === 0
          ? (
            <div class="card">
              <Empty
                icon={
                  <Compass size={22} strokeWidth={1.6} aria-hidden="true" />
                }
                title={t("guilds.none")}
                body={t("guilds.noneBody")}
              />
            </div>
          )
          : (
            <ul class="tiles">
              {others.map((guild) => (
                <Tile key={guild.id} guild={guild}>
                  {guild.open
                    ? <JoinButton guild={guild} />
                    : <span class="chip">{t("guilds.byApplication")}</span>}
                </Tile>
              ))}
            </ul>
          )}
      </section>
    </Shell>
  );
}

/** The button that makes one a member; a form, so that it needs no script. */
export function JoinButton(
  { guild, large }: { guild: Pick<Guild, "id" | "name">; large?: boolean },
) {
  const { t } = usePageReader();
  return (
    <form method="post" action={`/guilds/${guild.id}/join`}>
      <button
        type="submit"
        class={large ? "button primary large" : "button small primary"}
        aria-label={t("guilds.joinNamed", { name: guild.name })}
      >
        {t("guilds.join")}
      </button>
    </form>
  );
}

/** Accepts an invitation to a guild that is not open. */
function AcceptButton({ guild }: { guild: Pick<Guild, "id" | "name"> }) {
  const { t } = usePageReader();
  return (
    <form method="post" action={`/guilds/${guild.id}/about`}>
      <button
        type="submit"
        name="action"
        value="accept"
        class="button small primary"
        aria-label={t("guild.door.acceptNamed", { name: guild.name })}
      >
        {t("guild.door.accept")}
      </button>
    </form>
  );
}

function Tile(
  { guild, children }: { guild: Guild; children: ComponentChildren },
) {
  const { t } = usePageReader();
  return (
    <li class="card tile">
      <div class="tile-head">
        <Avatar id={guild.id} name={guild.name} size={36} square />
        <div>
          <h3>
            <a class="row-link" href={`/guilds/${guild.id}`}>{guild.name}</a>
          </h3>
        </div>
      </div>
      <p class="tile-text">{guild.description}</p>
      <div class="tile-foot">
        <span>{t("guilds.members", { count: guild.memberCount })}</span>
        {children}
      </div>
    </li>
  );
}
