export type { ConnectionState } from "./connection.ts";
export type {
  ChannelEvent,
  ChannelHandlers,
  ChannelState,
  Refusal,
} from "./feed.ts";
export type { Members } from "./members.ts";
export type { Client } from "./client.ts";
export { getClient } from "./page.ts";
export type { Chat, ChatOptions, ChatSnapshot } from "./chat.ts";
export type { ChatItem, Me } from "./messages.ts";
export type { Inbox, InboxFilter, InboxSnapshot } from "./inbox.ts";
export type { InboxList } from "./inbox_list.ts";
export type { NotificationItem } from "./inbox_state.ts";
export {
  type ChannelOptions,
  useChannel,
  useChannelEvent,
  useChatMessages,
  useConnection,
  useNotifications,
  useTypingIndicators,
} from "./hooks.ts";
