import type { Catalogue } from "./translate.ts";

/** The texts of the rail's rooms, which become live some time after the page, and of the list of threads. */
export const enRail = {
  "rail.threads": "Threads",
  "rail.threadsUnread": "{count} with new replies",
  "rail.is.online": "online",
  "rail.is.idle": "idle",
  "rail.is.dnd": "do not disturb",
  "rail.starred": "starred",
  "rail.muted": "notifications off",
  "rail.unread": "{count} unread",
  "chat.openThread": "Open thread",
  "chat.unfollow": "Unfollow",
  "chat.followAgain": "Follow again",
  "chat.threadsNews": {
    one: "New replies in {count} thread",
    other: "New replies in {count} threads",
  },
} as const satisfies Catalogue;
