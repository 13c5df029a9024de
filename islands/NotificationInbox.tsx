import "../components/core.ts";
import { Glyph } from "../components/Glyph.tsx";
import { CHECK_CHECK } from "../components/notifications/check_check.ts";
import { useInboxPage } from "../components/notifications/use_inbox_page.ts";
import type {
  InboxFilter,
  InboxSnapshot,
  NotificationItem,
} from "../lib/realtime/client/mod.ts";

export interface NotificationInboxProps {
  me: { id: string };
  /** The page as the server read it. */
  initial: InboxSnapshot & { notifications: NotificationItem[] };
  filter: InboxFilter;
  /** An older page was asked for by its address. */
  paged: boolean;
  /** The filters in the reader's words: each is a link, so that it has an address. */
  filters: { name: InboxFilter; href: string; label: string }[];
  words: { filter: string; readAll: string };
}

/** The head of all notifications' own page, and what makes the list below live; see `useInboxPage`. */
export default function NotificationInbox(props: NotificationInboxProps) {
  const { filter, filters, words } = props;
  const inbox = useInboxPage(props);
  const unread = inbox.unread.value;
  return (
    <div class="section-head">
      <nav class="segments" aria-label={words.filter}>
        {filters.map(({ name, href, label }) => (
          <a
            key={name}
            class="segment"
            href={href}
            aria-current={filter === name ? "page" : "false"}
          >
            {label}
            {name === "unread" && unread > 0 && (
              <span class="count">{unread > 99 ? "99+" : unread}</span>
            )}
          </a>
        ))}
      </nav>
      <form
        method="post"
        action="/notifications"
        onSubmit={(event) => {
          event.preventDefault();
          void inbox.markAllRead();
        }}
      >
        <button
          type="submit"
          class="button small"
          name="do"
          value="read-all"
          disabled={unread === 0}
        >
          <Glyph d={CHECK_CHECK} size={15} />
          {words.readAll}
        </button>
      </form>
    </div>
  );
}
