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
  "rail.trust": "Your trust is {trust} now",
  "rail.trustAway": {
    one: "We missed you for {count} day. It rises with your next bounty.",
    other: "We missed you for {count} days. It rises with your next bounty.",
  },
  "rail.trustDecided": "An admin changed it.",
  "rail.trustWhy": "See why",
  "chat.openThread": "Open thread",
  "chat.unfollow": "Unfollow",
  "chat.followAgain": "Follow again",
  "chat.threadsNews": {
    one: "New replies in {count} thread",
    other: "New replies in {count} threads",
  },
} as const satisfies Catalogue;
