/** Keys of messages and rooms. */
type Key = Deno.KvKey;

/** `order` is the message's position in the channel's log, padded: key order is delivery order. */
export const message = (
  channel: string,
  order: string,
): Key => ["messages", channel, order];
export const messages = (channel: string): Key => ["messages", channel];
/** A reply in the thread of `parentId`; not among the room's own messages. */
export const reply = (
  channel: string,
  parentId: string,
  order: string,
): Key => ["replies", channel, parentId, order];
export const replies = (
  channel: string,
  parentId: string,
): Key => ["replies", channel, parentId];
/** Where a message stands: `{order, parentId}`; never changes. */
export const messageById = (
  channel: string,
  id: string,
): Key => ["messagesById", channel, id];
export const messagesById = (channel: string): Key => ["messagesById", channel];
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
/** A content that a message had before its edit to `revision`. */
export const messageVersion = (
  channel: string,
  id: string,
  revision: number,
): Key => ["messageVersions", channel, id, revision];
export const messageVersions = (
  channel: string,
  id: string,
): Key => ["messageVersions", channel, id];
/** Somebody's reactions to a message. */
export const reaction = (
  channel: string,
  id: string,
  userId: string,
): Key => ["reactions", channel, id, userId];
export const reactions = (
  channel: string,
  id: string,
): Key => ["reactions", channel, id];
export const pin = (channel: string, id: string): Key => ["pins", channel, id];
export const pins = (channel: string): Key => ["pins", channel];

/** Counts, last message and end of the chain of a room; changed only with an event on its channel. */
export const room = (channel: string): Key => ["rooms", channel];
export const rooms = (): Key => ["rooms"];
/** What was written, edited and deleted, numbered from 1 and chained by hashes. */
export const ledgerEntry = (
  channel: string,
  n: number,
): Key => ["roomLedger", channel, n];
export const ledger = (channel: string): Key => ["roomLedger", channel];
/** How much somebody has written in a room; changed only with an event on its channel. */
export const author = (
  channel: string,
  userId: string,
): Key => ["roomAuthors", channel, userId];
/** Number of somebody's messages up to their message that is the room's `ordinal`th. */
export const authored = (
  channel: string,
  userId: string,
  ordinal: number,
): Key => ["roomAuthored", channel, userId, ordinal];
export const authoredBy = (
  channel: string,
  userId: string,
): Key => ["roomAuthored", channel, userId];
/** A message that names somebody. */
export const mention = (
  userId: string,
  channel: string,
  order: string,
): Key => ["mentions", userId, channel, order];
export const mentionsOf = (
  userId: string,
  channel: string,
): Key => ["mentions", userId, channel];
/** A message that names the officers or everybody. */
export const roomMention = (
  channel: string,
  order: string,
): Key => ["roomMentions", channel, order];
export const roomMentions = (channel: string): Key => ["roomMentions", channel];

/** How far somebody has read in a room. */
export const readMark = (
  userId: string,
  channel: string,
): Key => ["readMarks", userId, channel];
/** The same by room, for who has read a message. */
export const reader = (
  channel: string,
  userId: string,
): Key => ["readers", channel, userId];
export const readers = (channel: string): Key => ["readers", channel];
/** Whether somebody follows a thread and how far they have read in it. Ids grow with time, so the latest is last. */
export const threadOf = (
  userId: string,
  parentId: string,
): Key => ["threads", userId, parentId];
export const threadsOf = (userId: string): Key => ["threads", userId];
/** An unsent text; `place` is the thread it is for, or `room`. */
export const draft = (
  userId: string,
  channel: string,
  place: string,
): Key => ["drafts", userId, channel, place];
export const drafts = (userId: string): Key => ["drafts", userId];
/** A message to be sent later. */
export const scheduled = (
  userId: string,
  id: string,
): Key => ["scheduled", userId, id];
export const scheduledOf = (userId: string): Key => ["scheduled", userId];

export const roomSettings = (channel: string): Key => ["roomSettings", channel];
export const mute = (
  channel: string,
  userId: string,
): Key => ["roomMutes", channel, userId];
export const mutes = (channel: string): Key => ["roomMutes", channel];
/** Somebody has blocked somebody. */
export const block = (
  userId: string,
  blockedId: string,
): Key => ["blocks", userId, blockedId];
export const blocks = (userId: string): Key => ["blocks", userId];
/** Reports of a room, in a state. */
export const report = (
  channel: string,
  id: string,
): Key => ["reports", channel, id];
export const reports = (channel: string): Key => ["reports", channel];
/** Index of the open reports that admins look after. */
export const openReport = (id: string): Key => ["reportsOpen", id];
export const openReports = (): Key => ["reportsOpen"];
/** One report of a message a person. */
export const reportOnce = (
  channel: string,
  messageId: string,
  userId: string,
): Key => ["reportsOnce", channel, messageId, userId];
/** Audit log of a room; ids grow with time. */
export const auditEntry = (
  channel: string,
  id: string,
): Key => ["roomAudit", channel, id];
export const audit = (channel: string): Key => ["roomAudit", channel];

/** 64 entries of a room's ledger as bits: which of them have the word. */
export const posting = (
  channel: string,
  word: string,
  block: number,
): Key => ["messageWords", channel, word, block];
export const postings = (
  channel: string,
  word: string,
): Key => ["messageWords", channel, word];
export const postingsOfRoom = (channel: string): Key => [
  "messageWords",
  channel,
];
/** What of a message is in the index, by the number of its ledger entry. */
export const indexedWords = (
  channel: string,
  n: number,
): Key => ["messageTerms", channel, n];
export const indexedWordsOfRoom = (channel: string): Key => [
  "messageTerms",
  channel,
];
/** How far the index has followed a room's ledger. */
export const messagesIndexed = (
  channel: string,
): Key => ["messagesIndexed", channel];

/** A room that somebody has starred: when, in milliseconds. */
export const roomStar = (
  userId: string,
  channel: string,
): Key => ["roomStars", userId, channel];
export const roomStars = (userId: string): Key => ["roomStars", userId];
/** Who wants to be told of every message of a room. */
export const roomWatcher = (
  channel: string,
  userId: string,
): Key => ["roomWatchers", channel, userId];
export const roomWatchers = (channel: string): Key => ["roomWatchers", channel];

/** Direct conversations of a user, newest activity kept in the value. */
export const conversation = (
  userId: string,
  otherId: string,
): Key => ["conversations", userId, otherId];
export const conversations = (userId: string): Key => ["conversations", userId];

/** The prefixes of all rows that a room has under its own name, for the end of the room. */
export const roomTables = (channel: string): Key[] =>
  [
    "messages",
    "replies",
    "messagesById",
    "messagesByClientId",
    "messageVersions",
    "reactions",
    "pins",
    "roomLedger",
    "roomAuthors",
    "roomAuthored",
    "roomMentions",
    "roomMutes",
    "roomWatchers",
    "reportsOnce",
    "roomAudit",
    "messageWords",
    "messageTerms",
  ].map((table) => [table, channel]);
