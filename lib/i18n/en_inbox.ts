import type { Catalogue } from "./translate.ts";

/** The texts of lists of notifications. */
export const enInbox = {
  "bell.all": "All",
  "bell.unread": "Unread",
  "bell.filter": "Which notifications to show",
  "bell.readAll": "Mark all as read",
  "bell.read": "Mark as read",
  "bell.markUnread": "Mark as unread",
  "bell.archive": "Archive",
  "bell.open": "Open all notifications",
  "bell.keys": "↑↓ move · e archive · u unread",
  "bell.emptyTitle": "Nothing here yet",
  "bell.emptyBody":
    "When a guild, a bounty or a person needs you, it shows up here.",
  "bell.doneTitle": "All caught up",
  "bell.doneBody": "You have read every notification.",
  "bell.more": "Show older",
  "bell.offline":
    "You are offline. New notifications appear when you are back.",
  "bell.isUnread": "Unread",
  "toast.archived": "Archived",
  "toast.undo": "Undo",
  "toast.failed": "That did not work",
  "bell.retry": "Try again",
} as const satisfies Catalogue;
