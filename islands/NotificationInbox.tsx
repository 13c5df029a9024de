import "../components/core.ts";
import { Glyph } from "../components/Glyph.tsx";
import { CHECK_CHECK } from "../components/notifications/glyphs.ts";
import { NoteList } from "../components/notifications/NoteList.tsx";
import { useInboxReader } from "../lib/i18n/live_inbox.ts";
import { useNotifications } from "../lib/realtime/client/hooks/notifications.ts";
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
}

const FILTERS = ["all", "unread", "snoozed", "archived"] as const;

/** All notifications, on their own page. The filter is a link, so that it has an address. */
export default function NotificationInbox(
  { me, initial, filter, paged }: NotificationInboxProps,
) {
  const { t } = useInboxReader();
  const { unread: count, revision, notifications, cursor } = initial;
  const whole = filter === "all" && !paged;
  // Only the first page of everything is what the page's other islands may build on.
  const inbox = useNotifications({
    me,
    initial: whole ? initial : { unread: count, revision },
  });
  const unread = inbox.unread.value;
  return (
    <>
      <div class="section-head">
        <nav class="segments" aria-label={t("bell.filter")}>
          {FILTERS.map((one) => (
            <a
              key={one}
              class="segment"
              href={one === "all"
                ? "/notifications"
                : `/notifications?filter=${one}`}
              aria-current={filter === one ? "page" : "false"}
            >
              {t(`bell.${one}`)}
              {one === "unread" && unread > 0 && (
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
            {t("bell.readAll")}
          </button>
        </form>
      </div>
      <NoteList
        inbox={inbox}
        filter={filter}
        heading="h2"
        action="/notifications"
        rendered={whole ? undefined : notifications}
        older={cursor
          ? `/notifications?filter=${filter}&cursor=${cursor}`
          : undefined}
        card
      />
      <p class="inbox-links">
        <a href="/notifications/why-not">{t("bell.whyNot")}</a>
        <a href="/settings/notifications">{t("bell.settings")}</a>
      </p>
    </>
  );
}
