import type { Catalogue } from "./translate.ts";

/** The texts of threads that conversations and the list of threads share. */
export const enThreads = {
  "chat.newReplies": { one: "{count} new", other: "{count} new" },
  "chat.newRepliesMany": "99+ new",
  "chat.notDone": "That did not work.",
  "chat.markRead": "Mark as read",
} as const satisfies Catalogue;
