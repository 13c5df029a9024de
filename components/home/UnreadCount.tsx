import { usePageReader } from "../../lib/i18n/mod.ts";

/** How much of a room is unread; nothing when that is nothing. */
export function UnreadCount({ unread = 0 }: { unread?: number }) {
  const { t } = usePageReader();
  if (unread === 0) return null;
  return (
    <span class="count">
      <span class="unseen">{t("home.unreadHere", { count: unread })}</span>
      <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
    </span>
  );
}
