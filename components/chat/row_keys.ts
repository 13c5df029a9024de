import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { type Act, canDo, type RoomTools } from "./room_tools.ts";

const KEYS: Record<string, Act> = {
  "+": "react",
  a: "react",
  r: "reply",
  q: "quote",
  f: "forward",
  e: "edit",
  p: "pin",
  u: "unread",
  l: "copyLink",
  Delete: "delete",
  Backspace: "delete",
};

/** Does what a key means on a focused message. Letters alone: what is held with them belongs to the browser. */
export function actOnKey(
  event: KeyboardEvent,
  item: ChatItem,
  tools: RoomTools,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target as HTMLElement;
  if (event.key === "Enter" || event.key === "ContextMenu") {
    event.preventDefault();
    if (item.state === "sent") tools.openMenu(item, row);
    return;
  }
  if (event.key === "g" && item.quote?.channel === tools.channel) {
    event.preventDefault();
    tools.show(item.quote.id);
    return;
  }
  const act = KEYS[event.key];
  if (!act || !canDo(act, item, tools)) return;
  event.preventDefault();
  tools.act(act, item, row);
}
