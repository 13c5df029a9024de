import "../core.ts";
import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { getPage } from "../../lib/realtime/client/page.ts";
import { type LiveRoom, Rooms } from "../../lib/realtime/client/rooms.ts";
import type { StatusState } from "../../lib/status/types.ts";
import { Threads } from "../../lib/realtime/client/threads.ts";
import { learnThreads } from "../threads/states.ts";
import { ThreadsLink } from "./ThreadsLink.tsx";
import { useLazy } from "../chat/use_lazy.ts";
import { RoomLink } from "./RoomLink.tsx";
import { useActivity } from "./use_activity.ts";
import { usePresences } from "./use_presences.ts";
import { useRailKeys } from "./use_rail_keys.ts";

export interface RoomListsProps {
  me: { id: string };
  rooms: LiveRoom[];
  /** Path of this page. */
  here: string;
  guildsHead: VNode;
  directHead: VNode;
}

/** The rail's rooms, live. */
export function RoomLists(props: RoomListsProps) {
  const { me, here } = props;
  const [rooms, setRooms] = useState(props.rooms);
  const keys = useRailKeys(rooms, here);
  useActivity();
  const { close } = keys;
  const switcher = useLazy(
    keys.open === "switcher",
    () => import("./Switcher.tsx"),
    close,
  );
  const sheet = useLazy(
    keys.open === "keys",
    () => import("./KeysSheet.tsx"),
    close,
  );
  const threads = useMemo(
    () => new Threads(getPage(), me.id, learnThreads),
    [me.id],
  );
  useEffect(() => threads.start(), [threads]);
  const presences = usePresences(rooms.some(({ kind }) => kind === "dm"));
  useEffect(
    () =>
      new Rooms(getPage(), me.id, props.rooms, setRooms, (event) => {
        presences.hear(event);
        threads.hear(event);
      }).start(),
    [me.id],
  );
  const status = useLazy(
    keys.open === "status",
    () => import("./StatusDialog.tsx"),
    close,
  );
  return (
    <>
      <RoomListing {...props} rooms={rooms} presenceOf={presences.of} />
      {keys.open === "switcher" && switcher && (
        <switcher.Switcher
          rooms={rooms}
          close={close}
          show={keys.show}
        />
      )}
      {keys.open === "status" && status && (
        <status.StatusDialog
          close={close}
        />
      )}
      {keys.open === "keys" && sheet && <sheet.KeysSheet close={close} />}
    </>
  );
}

/** The two lists of the rail. */
export function RoomListing(
  { rooms, here, guildsHead, directHead, presenceOf }:
    & Omit<RoomListsProps, "me">
    & { presenceOf?: (userId: string) => StatusState | undefined },
) {
  const list = (kind: LiveRoom["kind"]) => (
    <ul>
      {rooms.filter((room) => room.kind === kind).map((room) => (
        <RoomLink
          key={room.channel}
          room={room}
          here={here}
          presence={kind === "dm" ? presenceOf?.(room.subjectId) : undefined}
        />
      ))}
    </ul>
  );
  return (
    <>
      <ul class="rail-threads">
        <li>
          <ThreadsLink here={here} />
        </li>
      </ul>
      <section class="rail-section" aria-labelledby="rail-guilds">
        {guildsHead}
        {list("guild")}
      </section>
      <section class="rail-section" aria-labelledby="rail-people">
        {directHead}
        {list("dm")}
      </section>
    </>
  );
}
