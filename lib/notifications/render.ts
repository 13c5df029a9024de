import type { User } from "../users/mod.ts";
import { CATALOGUE, textsFor } from "./catalogue.ts";
import type { Formats } from "./text/types.ts";
import {
  type Inbox,
  isUnread,
  type Notification,
  type NotificationData,
  type NotificationView,
} from "./types.ts";

/** In whose language and time zone. */
export type Reader = Pick<User, "locale" | "timeZone">;

/** Renders when it is read, so that a change of language or wording reaches what was sent before. */
export function renderNotification(
  notification: Notification,
  inbox: Inbox,
  reader: Reader,
): NotificationView {
  const { id, type, data, createdAt, archivedAt } = notification;
  // `type` and `data` belong together (they were parsed as one), which a lookup by a union cannot express.
  const entry = CATALOGUE[type] as {
    emoji: string;
    priority: "normal" | "high";
    link: (d: NotificationData) => string;
  };
  const text = textsFor(reader.locale)[type] as {
    [K in "title" | "body"]: (d: NotificationData, f: Formats) => string;
  };
  const formats = formatsFor(reader);
  return {
    id,
    type,
    emoji: entry.emoji,
    title: text.title(data, formats),
    body: text.body(data, formats),
    link: entry.link(data),
    priority: entry.priority,
    data,
    read: !isUnread(notification, inbox),
    archived: archivedAt !== null,
    createdAt,
  };
}

function formatsFor({ locale, timeZone }: Reader): Formats {
  return {
    number: (value) => new Intl.NumberFormat(locale).format(value),
    date: (at) =>
      new Intl.DateTimeFormat(locale, {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone,
      }).format(at),
  };
}
