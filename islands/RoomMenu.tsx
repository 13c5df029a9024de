import "../components/chat/core.ts";
import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { open } from "../components/chat/room_menu.ts";

export interface RoomMenuProps {
  /** The items of `RoomBar`, as the server draws them. */
  items: VNode;
}

/** Makes a room's menu work: what is pressed names by `data-opens` what it opens. */
export default function RoomMenu({ items }: RoomMenuProps) {
  const box = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={box}
      class="room-menu"
      onClick={({ target }) => {
        const pressed = (target as Element).closest<HTMLElement>(
          "[data-opens]",
        );
        if (!pressed) return;
        box.current?.querySelector<HTMLElement>(":popover-open")?.hidePopover();
        open(pressed.dataset.opens!);
      }}
    >
      {items}
    </div>
  );
}
