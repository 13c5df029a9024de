import type { Guild } from "../../lib/guilds/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Shell } from "../shell/Shell.tsx";
import { JoinButton } from "./GuildList.tsx";

export interface GuildDoorProps {
  frame: Frame;
  guild: Guild;
}

/** A guild from outside: what it is, and the way in if there is one. */
export function GuildDoor({ frame, guild }: GuildDoorProps) {
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
        {guild.open && <JoinButton guild={guild} large />}
      </div>
    </Shell>
  );
}
