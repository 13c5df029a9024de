import "../components/core.ts";
import { useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { threadStates } from "../components/threads/states.ts";
import { toasts } from "../components/toasts/stack.ts";
import { useThreadsReader } from "../lib/i18n/live_threads.ts";
import type { ThreadState } from "../lib/messages/threads/types.ts";
import { failureOf } from "../lib/realtime/client/api.ts";
import { getPage } from "../lib/realtime/client/page.ts";
import {
  readThread,
  setFollowing,
} from "../lib/realtime/client/thread_actions.ts";

export interface ThreadBarProps {
  initial: ThreadState;
  /** Where its next reply to read is. */
  href: string;
}

/** Below a thread in the list of those that one follows: what is new in it, and what one can do about that. */
export default function ThreadBar({ initial, href }: ThreadBarProps) {
  const { t } = useThreadsReader();
  const [own, setOwn] = useState(initial);
  const live = threadStates.value.get(initial.parentId);
  const state = live && live.revision >= own.revision ? live : own;
  const attempt = async (run: () => Promise<ThreadState>) => {
    try {
      setOwn(await run());
    } catch (error) {
      toasts.show({
        key: "chat failure",
        title: t("chat.notDone"),
        body: failureOf(error).message,
        tone: "bad",
      });
    }
  };
  const { unread, following } = state;
  return (
    <div class="thread-bar">
      {unread > 0 && (
        <span class="count thread-new">
          {unread > 99
            ? t("chat.newRepliesMany")
            : t("chat.newReplies", { count: unread })}
        </span>
      )}
      <a class="button small" href={href}>{t("chat.openThread")}</a>
      {IS_BROWSER && unread > 0 && (
        <button
          type="button"
          class="button small quiet"
          onClick={() => void attempt(() => readThread(getPage().env, initial))}
        >
          {t("chat.markRead")}
        </button>
      )}
      {IS_BROWSER && (
        <button
          type="button"
          class="button small quiet"
          onClick={() =>
            void attempt(() =>
              setFollowing(getPage().env, initial, !following)
            )}
        >
          {t(following ? "chat.unfollow" : "chat.followAgain")}
        </button>
      )}
    </div>
  );
}
