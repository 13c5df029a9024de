import { enChat } from "./en_chat.ts";
import { enLive } from "./en_live.ts";
import { enRoom } from "./en_room.ts";
import { type Reader, readerHook } from "./live.ts";

const texts = { ...enLive, ...enChat, ...enRoom };

export type RoomReader = Reader<typeof texts>;

/** For what a conversation opens: menus, panes and dialogs, loaded when they are wanted. */
export const useRoomReader: () => RoomReader = readerHook(texts);
