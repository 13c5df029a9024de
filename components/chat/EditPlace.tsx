import type { ComponentChildren } from "preact";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { useRoomTools } from "./room_tools.ts";
import { useLazy } from "./use_lazy.ts";

/** Nobody edits before they have done anything else: the composer has this fetched with the first sign of somebody. */
export const loadEditBox = () => import("./EditBox.tsx");

/** Where a message is edited; its text, until the box is there. */
export function EditPlace(
  { item, children }: { item: ChatItem; children: ComponentChildren },
) {
  const tools = useRoomTools()!;
  const box = useLazy(true, loadEditBox, () => tools.editing.value = null);
  return box ? <box.EditBox item={item} /> : <>{children}</>;
}
