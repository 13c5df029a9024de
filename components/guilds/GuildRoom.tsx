import CallButtons from "../../islands/CallButtons.tsx";
import MembersOnline, { type Person } from "../../islands/MembersOnline.tsx";
import type { Guild, GuildRole } from "../../lib/guilds/mod.ts";
import { isStarred, RoomBar } from "../chat/RoomBar.tsx";
import { shortDate, usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame, RoomSnapshot } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Room } from "../chat/Room.tsx";
import { Ellipsis, Info, LogOut, Settings, Users } from "lucide-preact";
import { Topic } from "../chat/Topic.tsx";
import { MuteLink } from "../notifications/MuteLink.tsx";
import { Shell } from "../shell/Shell.tsx";

export interface GuildRoomProps {
  frame: Frame;
  guild: Guild;
  /** `null` for an admin who is not a member. */
  role: GuildRole | null;
  /** May answer applications, invite, edit. */
  leads: boolean;
  room: RoomSnapshot;
  members: Person[];
  failure: FormFailure | null;
  flash: string | null;
}

/** A guild from inside: its conversation and its people. */
export function GuildRoom(
  { frame, guild, role, leads, room, members, failure, flash }: GuildRoomProps,
) {
  const reader = usePageReader();
  const { t } = reader;
  const path = `/guilds/${guild.id}`;
  const muteOrLeave = role && (
    <>
      <MuteLink kind="guild" id={guild.id} class="menu-item" />
      {role !== "owner" && (
        <form method="post" action={`${path}/leave`}>
          <button type="submit" class="menu-item">
            <LogOut size={15} aria-hidden="true" />
            {t("guilds.leave")}
          </button>
        </form>
      )}
    </>
  );
  return (
    <Shell
      frame={frame}
      kind="room"
      title={guild.name}
      about={<Topic topic={room.topic} about={guild.description} />}
      mark={<Avatar id={guild.id} name={guild.name} size={24} square />}
      flash={flash}
      actions={
        <>
          <RoomBar
            channel={room.channel}
            topic={<Topic topic={room.topic} about={guild.description} />}
            starred={isStarred(frame, room.channel)}
            within={room.channel}
            moderates={room.rights.moderate}
            exports={room.rights.moderate}
            calls
            more={
              <>
                <a class="menu-item" href={`${path}/about`}>
                  <Info size={15} aria-hidden="true" />
                  {t("guild.nav.about")}
                </a>
                {leads && (
                  <a class="menu-item" href={`${path}/settings`}>
                    <Settings size={15} aria-hidden="true" />
                    {t("guild.nav.settings")}
                  </a>
                )}
                {muteOrLeave}
              </>
            }
          />
          <CallButtons channel={room.channel} initial={room.call} />
          <button
            type="button"
            class="icon-button pane-toggle"
            popovertarget="members"
            aria-label={t("guild.showMembers")}
            title={t("guild.showMembers")}
          >
            <Users size={18} aria-hidden="true" />
          </button>
          <a
            class="icon-button wide-only"
            href={`${path}/about`}
            aria-label={t("guild.nav.about")}
            title={t("guild.nav.about")}
          >
            <Info size={18} aria-hidden="true" />
          </a>
          {leads && (
            <a
              class="icon-button counted wide-only"
              href={`${path}/settings`}
              aria-label={t("guild.nav.settings")}
              title={t("guild.nav.settings")}
            >
              <Settings size={18} aria-hidden="true" />
              {(guild.applications ?? 0) > 0 && (
                <span class="count">{guild.applications}</span>
              )}
            </a>
          )}
          {role && (
            <>
              <button
                type="button"
                class="icon-button wide-only"
                popovertarget="guild-menu"
                aria-label={t("guild.more")}
                title={t("guild.more")}
              >
                <Ellipsis size={18} aria-hidden="true" />
              </button>
              <div id="guild-menu" popover="auto" class="popover menu bar-menu">
                {muteOrLeave}
              </div>
            </>
          )}
        </>
      }
    >
      <Room
        room={room}
        kind="guild"
        people={members.map(({ id, name }) => ({ id, name }))}
        place={guild.name}
        me={frame.me}
        path={path}
        failure={failure}
        start={
          <div class="history-start">
            <Avatar id={guild.id} name={guild.name} size={44} square />
            <h2>{t("guild.start", { name: guild.name })}</h2>
            <p>{guild.description}</p>
            <p>
              {t("guilds.founded", {
                date: shortDate(guild.createdAt, reader),
              })}
            </p>
          </div>
        }
      />
      <aside
        id="members"
        class="pane"
        popover="auto"
        aria-label={t("members.title")}
      >
        <MembersOnline
          guildId={guild.id}
          members={members}
          total={guild.memberCount}
        />
      </aside>
    </Shell>
  );
}
