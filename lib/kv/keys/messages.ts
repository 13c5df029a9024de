/** Keys of messages. */
type Key = Deno.KvKey;

/** `order` is the message's position in the channel's log, padded: key order is delivery order. */
export const message = (
  channel: string,
  order: string,
): Key => ["messages", channel, order];
export const messages = (channel: string): Key => ["messages", channel];
export const messageById = (
  channel: string,
  id: string,
): Key => ["messagesById", channel, id];
/** What a client id of an author became, for a day: the same send twice is one message. */
export const messageByClientId = (
  channel: string,
  authorId: string,
  clientId: string,
): Key => [
  "messagesByClientId",
  channel,
  authorId,
  clientId,
];
/** Direct conversations of a user, newest activity kept in the value. */
export const conversation = (
  userId: string,
  otherId: string,
): Key => ["conversations", userId, otherId];
export const conversations = (userId: string): Key => ["conversations", userId];
