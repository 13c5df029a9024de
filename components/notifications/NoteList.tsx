import { Glyph } from "../Glyph.tsx";
import { CHECK_CHECK } from "./check_check.ts";
import { CIRCLE_ALERT, INBOX } from "./glyphs.ts";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useInboxReader } from "../../lib/i18n/live_inbox.ts";
import type {
  Inbox,
  InboxFilter,
  NotificationItem,
} from "../../lib/realtime/client/mod.ts";
import { Empty } from "../Empty.tsx";
import { toasts } from "../toasts/stack.ts";
import { byDay } from "./days.ts";
import { NoteRow } from "./NoteRow.tsx";
import { snoozeTimes } from "./snooze.ts";
import { NoteSkeleton } from "./NoteSkeleton.tsx";

export interface NoteListProps {
  inbox: Inbox;
  filter: InboxFilter;
  /** Level of the days' headings. */
  heading: "h2" | "h3";
  /** Path that takes the buttons' posts without scripts. */
  action: string;
  /** As the server read them; shown until the list itself is loaded. */
  rendered?: NotificationItem[];
  /** Path of the next page, without scripts. */
  older?: string;
  card?: boolean;
  /** Moves focus to the first row once there is one. */
  focusFirst?: boolean;
}

/** Notifications by day, for the bell and the page. Arrows move, Enter opens, `e` archives, `u` turns unread, `s` snoozes, `#` deletes. */
export function NoteList(props: NoteListProps) {
  const { inbox, filter, heading: Heading, action, rendered, older } = props;
  const reader = useInboxReader();
  const { t } = reader;
  const list = inbox.list(filter satisfies InboxFilter);
  const loaded = list.items.value;
  const items = rendered && !list.inUse ? rendered : loaded;
  const loading = list.loading.value;
  const hasMore = list.hasMore.value;
  const failure = inbox.error.value;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  /** Where focus goes when the row that has it is taken away. */
  const next = useRef<string | null>(null);

  useEffect(() => {
    if (list.items.peek().length === 0 && list.hasMore.peek()) {
      void list.loadMore();
    }
  }, [list]);

  const begun = useRef(!props.focusFirst);
  useEffect(() => {
    if (begun.current || items.length === 0) return;
    begun.current = true;
    // Unless somebody has gone on to something else meanwhile.
    if (box.current!.closest("[popover]") === document.activeElement) {
      focusNote(box.current, items[0]!.id);
    }
  }, [items.length > 0]);

  useLayoutEffect(() => {
    if (
      next.current === null ||
      active !== null && items.some((i) => i.id === active)
    ) return;
    const id = items.some((item) => item.id === next.current)
      ? next.current
      : items[0]?.id;
    next.current = null;
    if (id) focusNote(box.current, id);
    else box.current?.focus();
  }, [items]);

  const failed = () =>
    toasts.show({
      title: t("toast.failed"),
      body: inbox.error.peek() ?? "",
      tone: "bad",
    });
  const leaving = (id: string) => {
    if (!box.current?.contains(document.activeElement)) return;
    const at = items.findIndex((item) => item.id === id);
    next.current = (items[at + 1] ?? items[at - 1])?.id ?? "";
  };
  /** Does something that takes a notification out of this list, and offers to take it back. */
  const away = async (
    id: string,
    done: Promise<boolean>,
    title: string,
    emoji: string,
    undo: () => void,
  ) => {
    toasts.show({
      key: "away",
      title,
      emoji,
      action: { label: t("toast.undo"), run: undo },
    });
    if (!await done) {
      toasts.dismissKey("away");
      failed();
    }
    return id;
  };
  const archive = (id: string, archived: boolean) => {
    leaving(id);
    void away(
      id,
      inbox.archive(id, archived),
      t(archived ? "toast.archived" : "toast.unarchived"),
      archived ? "🗂️" : "📥",
      () => void inbox.archive(id, !archived),
    );
  };
  const snooze = (id: string, until: number | null) => {
    leaving(id);
    void away(
      id,
      inbox.snooze(id, until),
      t(until === null ? "toast.unarchived" : "toast.snoozed"),
      until === null ? "📥" : "💤",
      () =>
        void inbox.snooze(id, until === null ? Date.now() + 3_600_000 : null),
    );
  };
  const remove = (id: string) => {
    leaving(id);
    void away(
      id,
      inbox.delete(id),
      t("toast.deleted"),
      "🗑️",
      () => void inbox.restore(id).then((back) => back || failed()),
    );
  };
  const markRead = async (id: string, read: boolean) => {
    if (filter === "unread" && read) leaving(id);
    if (!await inbox.markRead(id, read)) failed();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = (event.target as Element).closest<HTMLElement>("[data-note]");
    const at = items.findIndex((item) => item.id === row?.dataset.note);
    const item = items[at];
    const to = event.key === "ArrowDown"
      ? items[at + 1]
      : event.key === "ArrowUp"
      ? items[Math.max(at - 1, 0)]
      : event.key === "Home"
      ? items[0]
      : event.key === "End"
      ? items.at(-1)
      : undefined;
    if (to) focusNote(box.current, to.id);
    else if (item && event.key === "e") archive(item.id, !item.archived);
    else if (item && event.key === "s") {
      snooze(
        item.id,
        item.snoozedUntil ? null : snoozeTimes(Date.now())[1]!.until,
      );
    } else if (item && event.key === "#") remove(item.id);
    else if (item && event.key === "u") void markRead(item.id, !item.read);
    else return;
    event.preventDefault();
  };

  const first = items.some((item) => item.id === active)
    ? active
    : items[0]?.id;
  return (
    <div
      ref={box}
      tabIndex={-1}
      aria-busy={loading}
      onKeyDown={keys}
      onFocusIn={(event) => {
        const row = (event.target as Element).closest<HTMLElement>(
          "[data-note]",
        );
        if (row) setActive(row.dataset.note!);
      }}
    >
      {byDay(items, reader).map((day) => (
        <section key={day.key} aria-label={day.name}>
          <Heading class="inbox-day">{day.name}</Heading>
          <ul class={props.card ? "note-list card" : "note-list"}>
            {day.items.map((item) => (
              <NoteRow
                key={item.id}
                item={item}
                tabbable={item.id === first}
                action={action}
                open={() => !item.read && void inbox.markRead(item.id)}
                markRead={(read) =>
                  void markRead(item.id, read)}
                archive={() =>
                  archive(item.id, !item.archived)}
                snooze={(until) => snooze(item.id, until)}
                remove={() => remove(item.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      {failure !== null && !loading && items.length === 0 && (
        <Empty
          icon={<Glyph d={CIRCLE_ALERT} size={22} />}
          title={t("bell.failed")}
          body={failure}
        >
          <button
            type="button"
            class="button"
            onClick={() => void list.loadMore()}
          >
            {t("bell.retry")}
          </button>
        </Empty>
      )}
      {loading && (
        <NoteSkeleton
          rows={items.length === 0 ? 5 : 2}
          label={t("bell.loading")}
        />
      )}
      {!loading && !hasMore && items.length === 0 && failure === null && (
        <Empty
          icon={
            <Glyph d={filter === "unread" ? CHECK_CHECK : INBOX} size={22} />
          }
          title={t(`bell.${NOTHING[filter]}Title`)}
          body={t(`bell.${NOTHING[filter]}Body`)}
        />
      )}
      {!loading && hasMore && items.length > 0 && (
        <div class="history-more">
          <a
            class="button small quiet"
            href={older ?? action}
            onClick={(event) => {
              event.preventDefault();
              void list.loadMore();
            }}
          >
            {t("bell.older")}
          </a>
        </div>
      )}
    </div>
  );
}

/** The words of an empty list. */
const NOTHING = {
  all: "empty",
  unread: "done",
  archived: "archived",
  snoozed: "snoozed",
} as const;

function focusNote(box: HTMLElement | null, id: string): void {
  box?.querySelector<HTMLElement>(`[data-note="${CSS.escape(id)}"] .note-title`)
    ?.focus();
}
