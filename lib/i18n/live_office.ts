import { enChat } from "./en_chat.ts";
import { enLive } from "./en_live.ts";
import { enOffice } from "./en_office.ts";
import { enRoom } from "./en_room.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enChat, ...enRoom, ...enOffice };

/** For what officers look after in a room. */
export const useOfficeReader: () => Reader<typeof texts> = readerHook(texts);
