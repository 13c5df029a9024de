import { Glyph } from "../Glyph.tsx";
import { ARCHIVE, CHECK, INBOX, MAIL_OPEN } from "./glyphs.ts";
import { NoteActions } from "./NoteActions.tsx";
import { NoteMenu } from "./NoteMenu.tsx";
import { Time } from "../Time.tsx";
import { exactTime } from "../../lib/i18n/time.ts";
import { useInboxReader } from "../../lib/i18n/live_inbox.ts";
import type { NotificationItem } from "../../lib/realtime/client/mod.ts";

export interface NoteRowProps {
  item: NotificationItem;
  /** Reads it, for the one who follows its link. */
  open: () => void;
  markRead: (read: boolean) => void;
  /** Puts it away, or back when it is in the archive. */
  archive: () => void;
  snooze: (until: number | null) => void;
  remove: () => void;
  /** In the order of the Tab key: one row of a list is. */
  tabbable: boolean;
  /** Path that takes the buttons' posts without scripts. */
  action: string;
}

/** One notification: what happened, where it leads, what can be done about it. */
export function NoteRow(
  { item, open, markRead, archive, snooze, remove, tabbable, action }:
    NoteRowProps,
) {
  const reader = useInboxReader();
  const { t } = reader;
  const putAway = t(item.archived ? "bell.unarchive" : "bell.archive");
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
        <p class="note-time">
          <Time at={item.createdAt} />
          {item.outcome && <span class="note-mark settled">{item.outcome}
          </span>}
          {item.expired && <span class="note-mark">{t("bell.isExpired")}</span>}
          {item.snoozedUntil
            ? (
              <span class="note-mark">
                {t("bell.until", {
                  time: exactTime(item.snoozedUntil, reader),
                })}
              </span>
            )
            : null}
        </p>
        <NoteActions
          item={item}
          tabbable={tabbable}
          done={open}
          failed={t("toast.failed")}
        />
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
            if (value.endsWith("archive")) archive();
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
            value={item.archived ? "unarchive" : "archive"}
            tabIndex={tabbable ? 0 : -1}
            aria-label={`${putAway}: ${item.title}`}
            title={putAway}
          >
            <Glyph d={item.archived ? INBOX : ARCHIVE} size={15} />
          </button>
          <NoteMenu
            item={item}
            tabbable={tabbable}
            snooze={snooze}
            remove={remove}
          />
        </form>
      </div>
    </li>
  );
}
