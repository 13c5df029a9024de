import RelativeTime from "../../islands/RelativeTime.tsx";
import { useReader } from "../../lib/i18n/live.ts";
import type { NotificationItem } from "../../lib/realtime/client/mod.ts";
import { Archive, Check, MailOpen } from "../icons.ts";

export interface NoteRowProps {
  item: NotificationItem;
  /** Reads it, for the one who follows its link. */
  open: () => void;
  markRead: (read: boolean) => void;
  archive: () => void;
  /** In the order of the Tab key: one row of a list is. */
  tabbable: boolean;
  /** Path that takes the buttons' posts without scripts. */
  action: string;
}

/** One notification: what happened, where it leads, what can be done about it. */
export function NoteRow(
  { item, open, markRead, archive, tabbable, action }: NoteRowProps,
) {
  const { t } = useReader();
  return (
    <li class={item.read ? "note" : "note unread"} data-note={item.id}>
      <span class="note-emoji" aria-hidden="true">{item.emoji}</span>
      <div>
        <a
          class="note-title"
          href={item.link}
          tabIndex={tabbable ? 0 : -1}
          onClick={open}
        >
          {!item.read && <span class="unseen">{t("bell.isUnread")}:</span>}
          {item.title}
        </a>
        {item.body && <p class="note-body">{item.body}</p>}
        <RelativeTime class="note-time" at={item.createdAt} />
      </div>
      <div class="note-side">
        {!item.read && <span class="note-dot" />}
        <form
          class="note-acts"
          method="post"
          action={action}
          onSubmit={(event) => {
            event.preventDefault();
            const { value } = event.submitter as HTMLButtonElement;
            if (value === "archive") archive();
            else markRead(value === "read");
          }}
        >
          <input type="hidden" name="id" value={item.id} />
          <button
            type="submit"
            class="icon-button small"
            name="do"
            value={item.read ? "unread" : "read"}
            tabIndex={tabbable ? 0 : -1}
            aria-label={`${
              t(item.read ? "bell.markUnread" : "bell.read")
            }: ${item.title}`}
            title={t(item.read ? "bell.markUnread" : "bell.read")}
          >
            {item.read
              ? <MailOpen size={15} aria-hidden="true" />
              : <Check size={15} aria-hidden="true" />}
          </button>
          <button
            type="submit"
            class="icon-button small"
            name="do"
            value="archive"
            tabIndex={tabbable ? 0 : -1}
            aria-label={`${t("bell.archive")}: ${item.title}`}
            title={t("bell.archive")}
          >
            <Archive size={15} aria-hidden="true" />
          </button>
        </form>
      </div>
    </li>
  );
}
