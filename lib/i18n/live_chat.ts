import { enChat } from "./en_chat.ts";
import { enLive } from "./en_live.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enChat };

export type ChatReader = Reader<typeof texts>;

/** For conversations and the people in them. */
export const useChatReader: () => ChatReader = readerHook(texts);
