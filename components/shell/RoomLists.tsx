import "../core.ts";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { getPage } from "../../lib/realtime/client/page.ts";
import { type LiveRoom, Rooms } from "../../lib/realtime/client/rooms.ts";
import { RoomLink } from "./RoomLink.tsx";
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
  useRailKeys(rooms, here);
  useEffect(
    () => new Rooms(getPage(), me.id, props.rooms, setRooms).start(),
    [me.id],
  );
  return <RoomListing {...props} rooms={rooms} />;
}

/** The two lists of the rail. */
export function RoomListing(
  { rooms, here, guildsHead, directHead }: Omit<RoomListsProps, "me">,
) {
  const list = (kind: LiveRoom["kind"]) => (
    <ul>
      {rooms.filter((room) => room.kind === kind).map((room) => (
        <RoomLink key={room.channel} room={room} here={here} />
      ))}
    </ul>
  );
  return (
    <>
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
