import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { getPage } from "../page.ts";
import { Typing } from "../typing.ts";

/** Who else is typing, and how to tell that one types oneself. */
export function useTypingIndicators(
  channel: string,
  me: { id: string },
): {
  typing: ReadonlySignal<string[]>;
  notifyTyping(): void;
  /** What was typed has been sent. */
  doneTyping(): void;
} {
  const store = useMemo(() => new Typing(channel, me.id), [channel, me.id]);
  useEffect(() => store.start(getPage()), [store]);
  return {
    typing: store.names,
    notifyTyping: () => store.notify(),
    doneTyping: () => store.done(),
  };
}
