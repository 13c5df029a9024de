import { Glyph } from "../Glyph.tsx";
import { ARCHIVE, CHECK, MAIL_OPEN } from "./glyphs.ts";
import RelativeTime from "../../islands/RelativeTime.tsx";
import { useInboxReader } from "../../lib/i18n/live_inbox.ts";
import type { NotificationItem } from "../../lib/realtime/client/mod.ts";

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
  const { t } = useInboxReader();
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
              ? <Glyph d={MAIL_OPEN} size={15} />
              : <Glyph d={CHECK} size={15} />}
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
            <Glyph d={ARCHIVE} size={15} />
          </button>
        </form>
      </div>
    </li>
  );
}
