import { useRailReader } from "../../lib/i18n/live_rail.ts";
import type { LiveRoom } from "../../lib/realtime/client/rooms.ts";
import type { StatusState } from "../../lib/status/types.ts";
import { Avatar } from "../Avatar.tsx";
import { countsOf } from "./counts.ts";
import { StarMark } from "./StarMark.tsx";
import { roomPath } from "./room_path.ts";

const NONE = { unread: 0, calls: 0 };

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
  const { unread, calls } = current ? NONE : countsOf(room);
  return (
    <li>
      <a
        class={`rail-link${unread + calls > 0 ? " unread" : ""}${
          room.muted ? " muted" : ""
        }`}
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
          {room.muted && <span class="unseen">, {t("rail.muted")}</span>}
        </span>
        {room.starred && <StarMark />}
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
