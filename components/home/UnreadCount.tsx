import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FrameRoom } from "../../lib/pages/mod.ts";
import { countsOf } from "../shell/counts.ts";

/** How much of a room is unread, of a muted one how often it names its reader; nothing when that is nothing. */
export function UnreadCount({ room }: { room: FrameRoom | undefined }) {
  const { t } = usePageReader();
  const unread = room ? countsOf(room).unread : 0;
  if (unread === 0) return null;
  return (
    <span class="count">
      <span class="unseen">{t("home.unreadHere", { count: unread })}</span>
      <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
    </span>
  );
}
