import { useEffect, useState } from "preact/hooks";
import type { LiveRoom } from "../../lib/realtime/client/rooms.ts";
import type { RoomLists } from "./RoomLists.tsx";
import { useRailKeys } from "./use_rail_keys.ts";

export interface RailRoomsProps {
  me: { id: string };
  rooms: LiveRoom[];
  /** Where the reader's own channel stood before these were read. */
  head: string;
  /** Path of this page. */
  here: string;
}

/** Milliseconds after which the rail begins to follow its rooms: first comes what somebody waits for. */
const PATIENCE = 250;

/**
 * Keeps the rooms of the rail live, and opens what the keys of the whole site open. The server has drawn the lists, and
 * they work as they are; so what keeps them live comes behind the rest of the page.
 */
export function RailRooms({ me, rooms: initial, head, here }: RailRoomsProps) {
  const [rooms, setRooms] = useState(initial);
  const [Live, setLive] = useState<typeof RoomLists | null>(null);
  const keys = useRailKeys(rooms, here);
  useEffect(() => {
    if (Live) return;
    const load = () =>
      import("./RoomLists.tsx").then(
        (module) => setLive(() => module.RoomLists),
        () => {},
      );
    // At once when it is wanted, also where it was not to be had before.
    const timer = setTimeout(load, keys.open ? 0 : PATIENCE);
    return () => clearTimeout(timer);
  }, [keys.open]);
  return Live && (
    <Live
      me={me}
      rooms={rooms}
      setRooms={setRooms}
      head={head}
      here={here}
      keys={keys}
    />
  );
}
