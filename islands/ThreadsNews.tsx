import "../components/core.ts";
import { useEffect } from "preact/hooks";
import { threadStates } from "../components/threads/states.ts";
import { useThreadsReader } from "../lib/i18n/live_threads.ts";

export interface ThreadsNewsProps {
  /** Parent's id → unread replies that the page shows. */
  shown: Record<string, number>;
}

/** Says that there are replies which the list does not show yet; the list stays still under who reads it. */
export default function ThreadsNews({ shown }: ThreadsNewsProps) {
  const { t } = useThreadsReader();
  useEffect(() => {
    if (!document.querySelector("[data-words]")) return;
    // What does not come stays as the server has drawn it.
    import("../components/threads/live_texts.tsx")
      .then(({ enliven }) => enliven(), () => {});
  }, []);
  const news =
    [...threadStates.value.values()].filter(({ parentId, unread }) =>
      unread > (shown[parentId] ?? 0)
    ).length;
  return (
    <div role="status">
      {news > 0 && (
        <a class="button small primary threads-news" href="/threads">
          {t("chat.threadsNews", { count: news })}
        </a>
      )}
    </div>
  );
}
