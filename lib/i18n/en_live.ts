import type { Catalogue } from "./translate.ts";

/** The texts of the islands on every page, which every browser loads: keep it to those. */
export const enLive = {
  "time.today": "Today",
  "time.yesterday": "Yesterday",
  "bell.label": "Notifications",
  "bell.labelUnread": {
    one: "Notifications, {count} unread",
    other: "Notifications, {count} unread",
  },
  "bell.title": "Notifications",
  "bell.loading": "Loading notifications",
  "bell.open": "Open all notifications",
  "bell.failed": "Your notifications could not be loaded.",
  "toast.region": "Messages from Nexora (F8)",
  "toast.dismiss": "Dismiss",
  "toast.more": { one: "{count} more", other: "{count} more" },
  "toast.fewer": "Show fewer",
  "toast.open": "Open",
  "connection.offline":
    "You are offline. What you write is kept and sent when you are back.",
  "connection.reconnecting": "The connection dropped. Connecting again…",
  "connection.refused":
    "Live updates are off: the server refused the connection.",
  "connection.restored": "Connected again",
  "connection.reload": "Reload",
} as const satisfies Catalogue;
