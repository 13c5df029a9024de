import type { User } from "../users/mod.ts";
import { entryOf } from "./catalogue.ts";
import { namedNow, type People } from "./named.ts";
import { placeOf } from "./rows.ts";
import {
  type Formats,
  formatsFor,
  type Language,
  languageOf,
} from "./text/mod.ts";
import {
  type Inbox,
  isUnread,
  isUnseen,
  type Notification,
  type NotificationAction,
  type NotificationData,
  type NotificationView,
} from "./types.ts";

/** In whose language and time zone, and what the people are called whom it names (`readPeople`). */
export type Reader = Pick<User, "locale" | "timeZone"> & { people?: People };

/** Renders when it is read, so that a change of language or wording reaches what was sent before. */
export function renderNotification(
  notification: Notification,
  inbox: Inbox,
  reader: Reader,
): NotificationView {
  const { id, type, createdAt, archivedAt } = notification;
  const entry = entryOf(type);
  const language = languageOf(reader.locale);
  const data = namedNow(
    notification.data,
    reader.people,
    language.words.deletedAccount,
  );
  // `type` and `data` belong together (they were parsed as one), which a lookup by a union cannot express.
  const text = language.texts[type] as {
    [K in "title" | "body"]: (d: NotificationData, f: Formats) => string;
  };
  const formats = formatsFor(reader);
  const expired = Boolean(notification.expiredAt);
  const read = !isUnread(notification, inbox);
  return {
    id,
    type,
    emoji: entry.emoji,
    title: text.title(data, formats),
    body: text.body(data, formats),
    link: entry.link(data),
    priority: entry.priority,
    data,
    read,
    seen: read || !isUnseen(notification, inbox),
    archived: archivedAt !== null,
    deleted: Boolean(notification.deletedAt),
    snoozedUntil: notification.snoozedUntil ?? null,
    expiresAt: notification.expiresAt ?? null,
    expired,
    actions: expired || notification.settled
      ? []
      : actionsOf(notification, language),
    outcome: outcomeOf(notification, language),
    place: placeOf(notification),
    createdAt,
  };
}

function outcomeOf(
  { settled, userId }: Notification,
  { words }: Language,
): string | null {
  if (!settled) return null;
  const { you, other } = words.outcomes[settled.outcome];
  return settled.byId === userId ? you : other;
}

function actionsOf(
  { type, data }: Notification,
  { words }: Language,
): NotificationAction[] {
  return (entryOf(type).actions?.(data) ?? []).map((action) => {
    const base = {
      id: action.name,
      label: words.actions[action.name],
      style: action.style ?? "default" as const,
    };
    return "href" in action
      ? { ...base, href: action.href }
      : { ...base, post: { path: action.post, body: action.body ?? {} } };
  });
}
