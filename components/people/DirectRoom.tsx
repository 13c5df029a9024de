import CallButtons from "../../islands/CallButtons.tsx";
import PersonStatus from "../../islands/PersonStatus.tsx";
import { isStarred, RoomBar } from "../chat/RoomBar.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame, RoomSnapshot } from "../../lib/pages/mod.ts";
import type { PublicUser } from "../../lib/users/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Room } from "../chat/Room.tsx";
import { User } from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";

export interface DirectRoomProps {
  frame: Frame;
  person: PublicUser;
  room: RoomSnapshot;
  failure: FormFailure | null;
}

/** A conversation between two. */
export function DirectRoom({ frame, person, room, failure }: DirectRoomProps) {
  const { t } = usePageReader();
  return (
    <Shell
      frame={frame}
      kind="room"
      title={person.name}
      about={`@${person.handle}`}
      mark={
        <PersonStatus
          channel={room.channel}
          person={{ id: person.id, name: person.name, picture: person.picture }}
        />
      }
      actions={
        <>
          <RoomBar
            channel={room.channel}
            starred={isStarred(frame, room.channel)}
            within={person.handle}
            moderates={room.rights.moderate}
            exports={false}
            calls
          />
          <CallButtons channel={room.channel} initial={room.call} />
          <a
            class="icon-button"
            href={`/people/${person.handle}`}
            aria-label={t("nav.profile")}
            title={t("nav.profile")}
          >
            <User size={18} aria-hidden="true" />
          </a>
        </>
      }
    >
      <Room
        room={room}
        kind="dm"
        people={[{ id: person.id, name: person.name }]}
        place={person.name}
        me={frame.me}
        path={`/messages/${person.handle}`}
        failure={failure}
        start={
          <div class="history-start">
            <Avatar {...person} size={44} />
            <h2>{t("messages.start", { name: person.name })}</h2>
            <p>{person.bio}</p>
          </div>
        }
      />
    </Shell>
  );
}
