export type * from "./types.ts";
export type * from "./reading/types.ts";
export type * from "./scheduled/types.ts";
export type * from "./moderation/types.ts";
export { MAX_CONTENT, MessagesQuery, NewMessage } from "./fields.ts";
export { enterRoom } from "./room.ts";
export {
  CLIENT_ID_KEPT,
  type SendMessage,
  sendMessage,
  type SentMessage,
} from "./send.ts";
export { getMessage } from "./find.ts";
export {
  listConversations,
  type ListMessages,
  listMessages,
  type MessagesPage,
} from "./list.ts";
export { tellTyping } from "./typing.ts";
export {
  conversationRows,
  headRows,
  newMessage,
  placeMessage,
} from "./rows.ts";
export type { AuthorHead, RoomHead } from "./ledger.ts";
