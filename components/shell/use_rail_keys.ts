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

/**
 * The keys of the whole site: Ctrl/Cmd K opens the quick switcher, `?` the list of keys, Alt with an arrow leads to the
 * next room with something unread.
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
        const next = nextUnread(
          latest.current,
          here,
          event.key === "ArrowDown" ? 1 : -1,
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

/** The next room with something unread after (or before) this page's, around the end of the list. */
export function nextUnread(
  rooms: readonly LiveRoom[],
  here: string,
  step: 1 | -1,
): LiveRoom | undefined {
  const { length } = rooms;
  const at = rooms.findIndex((room) => roomPath(room) === here);
  for (let n = 1; n <= length; n++) {
    const from = at < 0 && step < 0 ? 0 : at;
    const room = rooms[(((from + step * n) % length) + length) % length]!;
    if (room.unread + room.mentions > 0 && roomPath(room) !== here) return room;
  }
}
