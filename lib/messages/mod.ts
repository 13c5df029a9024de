export type { Conversation, Message, PlacedMessage, Typing } from "./types.ts";
export { MAX_CONTENT, MessagesQuery, NewMessage } from "./fields.ts";
export { enterRoom } from "./room.ts";
export {
  CLIENT_ID_KEPT,
  type SendMessage,
  sendMessage,
  type SentMessage,
} from "./send.ts";
export {
  getMessage,
  listConversations,
  type ListMessages,
  listMessages,
  type MessagesPage,
} from "./list.ts";
export { tellTyping } from "./typing.ts";
export { conversationRows, messageRows } from "./rows.ts";
