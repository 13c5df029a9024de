import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Entrance, type EntranceProps } from "./Entrance.tsx";
import { JoinButton } from "./GuildList.tsx";

export interface GuildDoorProps extends EntranceProps {
  frame: Frame;
}

/** A guild from outside: what it is, and the way in if there is one. */
export function GuildDoor(props: GuildDoorProps) {
  const { frame, guild } = props;
  const { t } = usePageReader();
  return (
    <Shell
      frame={frame}
      title={guild.name}
      mark={<Avatar id={guild.id} name={guild.name} size={24} square />}
      narrow
    >
      <div class="door card">
        <Avatar id={guild.id} name={guild.name} size={72} square />
        <h2>{guild.name}</h2>
        <p class="lead">{guild.description}</p>
        <p class="chips">
          <span class="chip">
            {t("guilds.members", { count: guild.memberCount })}
          </span>
          <span class="chip">
            {t(guild.open ? "guilds.others" : "guilds.byApplication")}
          </span>
        </p>
        <p>
          {t(guild.open ? "guild.refusedBody" : "guild.closedBody", {
            name: guild.name,
          })}
        </p>
        {guild.open && !props.invitation && <JoinButton guild={guild} large />}
        <a class="button quiet" href={`/guilds/${guild.id}/about`}>
          {t("guild.nav.about")}
        </a>
      </div>
      {(!guild.open || props.invitation) && <Entrance {...props} />}
    </Shell>
  );
}
