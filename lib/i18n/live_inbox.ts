import { enInbox } from "./en_inbox.ts";
import { enLive } from "./en_live.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enInbox };

export type InboxReader = Reader<typeof texts>;

/** For lists of notifications. */
export const useInboxReader: () => InboxReader = readerHook(texts);
