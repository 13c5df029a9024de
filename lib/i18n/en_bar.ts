import type { Catalogue } from "./translate.ts";

/** The texts of the menu of a room, which the server draws. */
export const enBar = {
  "chat.bar.pins": "Pinned messages",
  "chat.bar.more": "This room",
  "chat.bar.scheduled": "Scheduled messages",
  "chat.bar.notices": "Notifications",
  "chat.bar.star": "Starred",
  "chat.bar.date": "Go to a day",
  "chat.bar.video": "Start a video call",
  "chat.bar.search": "Search in this room",
  "chat.bar.settings": "Room settings",
  "chat.bar.reports": "Reports",
  "chat.bar.audit": "Audit log",
  "chat.bar.export.html": "Record of the room, to read",
  "chat.bar.export.json": "Record of the room, as data",
} as const satisfies Catalogue;
