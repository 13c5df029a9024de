import { useRailReader } from "../../lib/i18n/live_rail.ts";
import type { LiveRoom } from "../../lib/realtime/client/rooms.ts";
import type { StatusState } from "../../lib/status/types.ts";
import { Avatar } from "../Avatar.tsx";
import { roomPath } from "./room_path.ts";

/** A room in the rail: bold when something in it is unread, with the number of mentions or direct messages. */
export function RoomLink(
  { room, here, presence }: {
    room: LiveRoom;
    here: string;
    /** How the other of a direct conversation can be reached. */
    presence?: StatusState;
  },
) {
  const { t } = useRailReader();
  const path = roomPath(room);
  const current = here === path;
  // What one is looking at is being read.
  const unread = current ? 0 : room.unread;
  const calls = current ? 0 : room.kind === "dm" ? unread : room.mentions;
  return (
    <li>
      <a
        class={unread + calls > 0 ? "rail-link unread" : "rail-link"}
        href={path}
        aria-current={current ? "page" : "false"}
      >
        <Avatar
          id={room.subjectId}
          name={room.name}
          picture={room.picture}
          size={20}
          square={room.kind !== "dm"}
          presence={presence}
        />
        <span>
          {room.name}
          {presence && presence !== "offline" && (
            <span class="unseen">, {t(`rail.is.${presence}`)}</span>
          )}
        </span>
        {unread + calls > 0 && (
          <span class={calls > 0 ? "count" : "count dot"}>
            <span class="unseen">{t("rail.unread", { count: unread })}</span>
            {calls > 0 && (
              <span aria-hidden="true">{calls > 99 ? "99+" : calls}</span>
            )}
          </span>
        )}
      </a>
    </li>
  );
}
