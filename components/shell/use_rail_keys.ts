import { useEffect, useState } from "preact/hooks";
import { useLatest } from "../../lib/realtime/client/hooks/latest.ts";
import type { LiveRoom } from "../../lib/realtime/client/rooms.ts";
import { roomPath } from "./room_path.ts";

/** Whether keys are meant for a text that is being written. */
function isWriting(target: EventTarget | null): boolean {
  return (target as Element | null)?.closest?.(
    "input, textarea, select, [contenteditable]",
  ) !== null;
}

export type RailKeys = ReturnType<typeof useRailKeys>;

/**
 * The keys of the whole site: Ctrl/Cmd K opens the quick switcher, `?` the list of keys, Alt with an arrow leads to the
 * next room, with Shift to the next one with something unread.
 */
export function useRailKeys(rooms: readonly LiveRoom[], here: string) {
  const latest = useLatest(rooms);
  const [open, setOpen] = useState<"switcher" | "keys" | "status" | null>(null);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const held = event.ctrlKey || event.metaKey;
      if (held && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen("switcher");
      } else if (event.key === "?" && !held && !isWriting(event.target)) {
        event.preventDefault();
        setOpen("keys");
      } else if (
        event.altKey && !held &&
        (event.key === "ArrowUp" || event.key === "ArrowDown")
      ) {
        const next = nextRoom(
          latest.current,
          here.split("?")[0]!,
          event.key === "ArrowDown" ? 1 : -1,
          event.shiftKey,
        );
        if (!next) return;
        event.preventDefault();
        location.assign(roomPath(next));
      }
    };
    // Links that lead to a page before scripts, and then open a dialog here.
    const press = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.("[data-opens=status]");
      if (!link) return;
      event.preventDefault();
      link.closest<HTMLElement>("[popover]")?.hidePopover();
      setOpen("status");
    };
    document.addEventListener("keydown", key);
    document.addEventListener("click", press);
    return () => {
      document.removeEventListener("keydown", key);
      document.removeEventListener("click", press);
    };
  }, []);
  return { open, close: () => setOpen(null), show: setOpen };
}

/** As the rail lists them. */
const ORDER = ["guild", "dm", "dispute"];

/** The next room after (or before) this page's, around the end of the list; of those with something unread if so. */
export function nextRoom(
  rooms: readonly LiveRoom[],
  here: string,
  step: 1 | -1,
  unread: boolean,
): LiveRoom | undefined {
  const listed = ORDER.flatMap((kind) =>
    rooms.filter((room) => room.kind === kind)
  );
  const { length } = listed;
  const at = listed.findIndex((room) => roomPath(room) === here);
  for (let n = 1; n <= length; n++) {
    const from = at < 0 && step < 0 ? 0 : at;
    const room = listed[(((from + step * n) % length) + length) % length]!;
    if (roomPath(room) === here) continue;
    if (!unread || room.mentions > 0 || room.unread > 0 && !room.muted) {
      return room;
    }
  }
}
