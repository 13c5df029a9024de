import { Ellipsis } from "lucide-preact";
import type { Guild, Member } from "../../lib/guilds/mod.ts";
import { shortDate, usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Notice } from "../forms/Notice.tsx";
import type { PartProps } from "./GuildSettings.tsx";

interface MembersPartProps extends PartProps {
  guild: Guild;
  me: Frame["me"];
  owns: boolean;
  members: Member[];
  cursor: string | null;
}

/** Everybody in the guild, and what can be done about it. */
export function MembersPart(props: MembersPartProps) {
  const { path, guild, owns, me, members, cursor, failure } = props;
  const reader = usePageReader();
  const { t } = reader;
  return (
    <section class="section" aria-labelledby="guild-people">
      <div class="section-head">
        <div>
          <h2 id="guild-people">{t("guild.people")}</h2>
          <p>{t("guild.people.lead")}</p>
        </div>
        <p>{t("guilds.members", { count: guild.memberCount })}</p>
      </div>
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <ul class="card rows">
        {members.map((member) => (
          <li key={member.id} class="row">
            <Avatar id={member.id} name={member.name} size={28} />
            <div class="row-main">
              <a href={`/people/${member.handle}`}>{member.name}</a>
              <p class="row-line">
                @{member.handle} · {shortDate(member.joinedAt, reader)}
              </p>
            </div>
            {member.id === me.id && (
              <span class="chip">{t("guild.people.you")}</span>
            )}
            <span class={member.role === "member" ? "chip" : "chip accent"}>
              {t(`members.role.${member.role}`)}
            </span>
            <Manage path={path} member={member} me={me} owns={owns} />
          </li>
        ))}
      </ul>
      {cursor && (
        <nav class="list-more">
          <a
            class="button small"
            href={`${path}?cursor=${cursor}#guild-people`}
          >
            {t("guild.people.more")}
          </a>
        </nav>
      )}
    </section>
  );
}

/** A menu that needs no script. Nobody manages the owner, or themselves; officers manage members. */
function Manage(
  { path, member, me, owns }: {
    path: string;
    member: Member;
    me: Frame["me"];
    owns: boolean;
  },
) {
  const { t } = usePageReader();
  const { id, name, role } = member;
  const may = role !== "owner" && id !== me.id && (owns || role === "member");
  // Keeps the columns of the others in line.
  if (!may) return <span class="manage" />;
  return (
    <details class="manage">
      <summary
        class="icon-button small"
        aria-label={t("guild.people.manage", { name })}
      >
        <Ellipsis size={16} aria-hidden="true" />
      </summary>
      <form method="post" action={path} class="menu manage-menu">
        <input type="hidden" name="userId" value={id} />
        {owns && role === "member" && (
          <MenuItem action="role:officer" text={t("guild.people.promote")} />
        )}
        {owns && role === "officer" && (
          <MenuItem action="role:member" text={t("guild.people.demote")} />
        )}
        {owns && (
          <MenuItem action="role:owner" text={t("guild.people.handOver")} />
        )}
        <MenuItem action="remove" text={t("guild.people.remove")} danger />
      </form>
    </details>
  );
}

function MenuItem(
  { action, text, danger }: { action: string; text: string; danger?: true },
) {
  return (
    <button
      type="submit"
      name="action"
      value={action}
      class={danger ? "menu-item danger" : "menu-item"}
    >
      {text}
    </button>
  );
}
