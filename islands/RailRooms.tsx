import "../components/core.ts";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RoomLists } from "../components/shell/RoomLists.tsx";
import type { LiveRoom } from "../lib/realtime/client/rooms.ts";

export interface RailRoomsProps {
  me: { id: string };
  rooms: LiveRoom[];
  /** Path of this page. */
  here: string;
  /** Above each list. */
  guildsHead: VNode;
  directHead: VNode;
  /** The lists as they are at first. */
  lists: VNode;
}

/** Milliseconds after which the rail begins to follow its rooms: first comes what somebody waits for. */
const PATIENCE = 250;

/** The rooms of the rail with what is unread in them, live; and the keys that lead from room to room. */
export default function RailRooms(props: RailRoomsProps) {
  const [Live, setLive] = useState<typeof RoomLists | null>(null);
  useEffect(() => {
    const load = () =>
      import("../components/shell/RoomLists.tsx").then(
        (module) => setLive(() => module.RoomLists),
        () => {},
      );
    const timer = setTimeout(load, PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return <div>{Live ? <Live {...props} /> : props.lists}</div>;
}
