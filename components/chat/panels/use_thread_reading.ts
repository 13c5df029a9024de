import { useEffect, useRef } from "preact/hooks";
import type { ThreadState } from "../../../lib/messages/threads/types.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { readThread } from "../../../lib/realtime/client/thread_actions.ts";
import {
  comparePositions,
  parsePosition,
} from "../../../lib/realtime/position.ts";
import { learnThreads } from "../../threads/states.ts";

/** Milliseconds in which several replies that are seen are told as one. */
const TELL_AFTER = 400;

/** Key of the first reply that was unread when the thread was opened; `null` when there was none. */
export function useFreshReply(
  items: readonly ChatItem[],
  state: ThreadState | undefined,
  userId: string,
): string | null {
  // What comes while the thread is open is being read: the line stays where it was found, or away.
  const found = useRef<{ key: string | null } | null>(null);
  if (found.current === null && state && items.length > 0) {
    const { following, unread, position } = state;
    const mark = position === null ? null : parsePosition(position);
    const first = following && unread > 0 && mark !== null
      ? items.find((item) => {
        const at = parsePosition(item.position ?? "");
        return at !== null && comparePositions(at, mark) > 0 &&
          item.authorId !== userId;
      })
      : undefined;
    found.current = { key: first?.key ?? null };
  }
  return found.current?.key ?? null;
}

/** Marks a thread read on all devices while its end is in view and somebody can be looking at it. */
export function useThreadReading(
  items: readonly ChatItem[],
  state: ThreadState | undefined,
  atBottom: boolean,
): void {
  const last = items.findLast((item) => item.state === "sent")?.id;
  const unread = state?.unread ?? 0;
  useEffect(() => {
    if (!state || unread === 0 || !atBottom || last === undefined) return;
    const { env } = getPage();
    let cancel = () => {};
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      cancel();
      cancel = env.after(TELL_AFTER, () => {
        // Lost is lost: the next reply tells of this one too.
        readThread(env, state, last).then(
          (now) => learnThreads([now]),
          () => {},
        );
      });
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => {
      cancel();
      document.removeEventListener("visibilitychange", tell);
    };
  }, [state?.parentId, unread, atBottom, last]);
}
