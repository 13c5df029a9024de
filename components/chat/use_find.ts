import { useEffect, useRef } from "preact/hooks";
import type { ChatReader } from "../../lib/i18n/live_chat.ts";
import type { Chat } from "../../lib/realtime/client/chat.ts";
import { toasts } from "../toasts/stack.ts";
import { panel } from "./room_state.ts";
import type { RoomTools } from "./room_tools.ts";
import type { ListScroll } from "./use_list_scroll.ts";

/** Milliseconds for which a found message stands out. */
const STAND_OUT = 2_500;

/**
 * Leads to a message, wherever in the room it is: loads around it, brings it into view, lets it stand out. A reply is
 * found in its thread. Begins with the message that the page was opened for.
 */
export function useFind(
  chat: Chat,
  scroll: ListScroll,
  tools: RoomTools,
  initial: string | null | undefined,
  thread: string | null | undefined,
  t: ChatReader["t"],
): (id: string) => Promise<void> {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const find = async (id: string, focus = true) => {
    if (!await chat.paging.show(id)) {
      toasts.show({ key: "chat said", title: t("chat.gone") });
      return;
    }
    const item = chat.messages.peek().find((one) => one.id === id);
    if (!item) return;
    tools.found.value = id;
    scroll.toRow(item.key, focus);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tools.found.value = null, STAND_OUT);
  };
  useEffect(() => {
    if (initial) void find(initial, false);
    if (thread) panel.value = { kind: "thread", id: thread };
    return () => clearTimeout(timer.current);
  }, [chat]);
  return find;
}
