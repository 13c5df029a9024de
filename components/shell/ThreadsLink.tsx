import { useRailReader } from "../../lib/i18n/live_rail.ts";
import { Glyph } from "../Glyph.tsx";
import { REPLY } from "../chat/reply_glyph.ts";
import { countUnread, threadStates } from "../threads/states.ts";

/** In the rail: the threads that one follows, with how many have something unread. */
export function ThreadsLink({ here }: { here: string }) {
  const { t } = useRailReader();
  const count = countUnread(threadStates.value);
  return (
    <a
      class={count > 0 ? "rail-link unread" : "rail-link"}
      href="/threads"
      aria-current={here === "/threads" ? "page" : "false"}
    >
      <Glyph d={REPLY} size={16} />
      <span>{t("rail.threads")}</span>
      {count > 0 && (
        <span class="count">
          <span class="unseen">{t("rail.threadsUnread", { count })}</span>
          <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
        </span>
      )}
    </a>
  );
}
