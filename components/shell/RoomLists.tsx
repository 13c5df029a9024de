import "../core.ts";
import { render, type VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { getPage } from "../../lib/realtime/client/page.ts";
import { type LiveRoom, Rooms } from "../../lib/realtime/client/rooms.ts";
import type { StatusState } from "../../lib/status/types.ts";
import { Threads } from "../../lib/realtime/client/threads.ts";
import { learnThreads } from "../threads/states.ts";
import { ThreadsLink } from "./ThreadsLink.tsx";
import { useLazy } from "../chat/use_lazy.ts";
import { RoomLink } from "./RoomLink.tsx";
import { roomPath } from "./room_path.ts";
import { useActivity } from "./use_activity.ts";
import { usePresences } from "./use_presences.ts";
import { useTrustNews } from "./use_trust_news.ts";
import type { RailKeys } from "./use_rail_keys.ts";

const KINDS = ["guild", "dm"] as const;

export interface RoomListsProps {
  me: { id: string };
  rooms: LiveRoom[];
  setRooms: (rooms: LiveRoom[]) => void;
  /** Where the reader's own channel stood before these were read. */
  head: string;
  /** Path of this page. */
  here: string;
  keys: RailKeys;
}

/** Draws the rail's rooms as they change, in the lists that the server has drawn; and what the keys open. */
export function RoomLists(
  { me, rooms, setRooms, head, here, keys }: RoomListsProps,
) {
  useActivity();
  useTrustNews(me.id, head);
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
      new Rooms(getPage(), me.id, rooms, head, setRooms, (event) => {
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
  useLayoutEffect(() => {
    for (const kind of KINDS) {
      const list = document.querySelector(`[data-rooms=${kind}]`);
      if (!list) continue;
      // The links that are there stay the same elements: whoever is on one keeps the focus.
      render(
        <RoomLinks
          kind={kind}
          rooms={rooms}
          here={here}
          presenceOf={presences.of}
        />,
        list,
      );
    }
    // The room's own menu says whether it is starred.
    const own = rooms.find((room) => roomPath(room) === here);
    document.querySelector("[data-opens=star]")
      ?.setAttribute("aria-pressed", String(own?.starred ?? false));
    const threads = document.querySelector(".rail-threads");
    if (threads) render(<ThreadsItem here={here} />, threads);
  });
  return (
    <>
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

function ThreadsItem({ here }: { here: string }) {
  return (
    <li>
      <ThreadsLink here={here} />
    </li>
  );
}

interface RoomLinksProps {
  kind: LiveRoom["kind"];
  rooms: readonly LiveRoom[];
  /** Path of this page. */
  here: string;
  presenceOf?: (userId: string) => StatusState | undefined;
}

function RoomLinks({ kind, rooms, here, presenceOf }: RoomLinksProps) {
  return (
    <>
      {rooms.filter((room) => room.kind === kind).map((room) => (
        <RoomLink
          key={room.channel}
          room={room}
          here={here}
          presence={kind === "dm" ? presenceOf?.(room.subjectId) : undefined}
        />
      ))}
    </>
  );
}

/** The two lists of the rail, as the server draws them. */
export function RoomListing(
  { rooms, here, guildsHead, directHead }: {
    rooms: readonly LiveRoom[];
    here: string;
    /** Above each list. */
    guildsHead: VNode;
    directHead: VNode;
  },
) {
  const list = (kind: LiveRoom["kind"]) => (
    <ul data-rooms={kind}>
      <RoomLinks kind={kind} rooms={rooms} here={here} />
    </ul>
  );
  return (
    <>
      <ul class="rail-threads">
        <ThreadsItem here={here} />
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
