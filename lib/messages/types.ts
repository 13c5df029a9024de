/** A message as it is sent, stored and told: data of `message:new`. */
export interface Message {
  id: string;
  channel: string;
  authorId: string;
  /** As they were called when they wrote it. */
  /** As they were when it was written; an old picture's address leads to today's. */
  author: { handle: string; name: string; picture?: string };
  /** Markdown source; empty once it is deleted. */
  content: string;
  /** Milliseconds. */
  sentAt: number;
  /** The sender's own id for it: the same one again is the same message. */
  clientId: string | null;
  /** Grows by one with each change of the message, whatever it is: of two states the one with the larger is newer. */
  revision: number;
  /** Milliseconds of the last edit. */
  editedAt: number | null;
  /** Set on a tombstone, which keeps the message's place. */
  deleted: Deleted | null;
  /** The message that this one replies to in a thread; such a reply is not in the room's own list. */
  parentId: string | null;
  /** The replies to it; `null` when there are none. */
  thread: Thread | null;
  /** In the order in which each emoji was first used. */
  reactions: Reaction[];
  pinned: Pinned | null;
  /** The message that it quotes or forwards, as it was then. */
  quote: Quote | null;
  mentions: Mentions;
  attachments: Attachment[];
}

/** Who took a message away, and when. */
export interface Deleted {
  /** Milliseconds. */
  at: number;
  byId: string;
}

/** What a message knows of the replies to it. */
export interface Thread {
  /** Replies, deleted ones left out. */
  count: number;
  /** Milliseconds. */
  lastAt: number;
  /** Who replied, the last first; at most 5. */
  authorIds: string[];
}

export interface Reaction {
  emoji: string;
  count: number;
  /** The first 10 who used it. Of more, `GET …/reactions` has them all. */
  userIds: string[];
}

export interface Pinned {
  /** Milliseconds. */
  at: number;
  byId: string;
}

/** A snapshot of another message. */
export interface Quote {
  id: string;
  channel: string;
  authorId: string;
  author: { handle: string; name: string };
  /** The beginning of its text. */
  excerpt: string;
  /** Milliseconds. */
  sentAt: number;
}

/** Whom a message names, resolved when it was written. */
export interface Mentions {
  /** Members of the room, at most 50. */
  userIds: string[];
  officers: boolean;
  everyone: boolean;
}

/** A file that came with a message. */
export interface Attachment {
  id: string;
  name: string;
  /** Media type, as sniffed. */
  type: string;
  /** Bytes. */
  size: number;
  /** Of images, in pixels. */
  width?: number;
  height?: number;
}

/** A message with its place in the room: `epoch.seq.index`, the order in which everybody got it. */
export interface PlacedMessage extends Message {
  position: string;
}

/** Data of `message:new`. A reply brings its parent's new state along. */
export type MessageNew = Message & { parent?: ParentChange };

/** A parent after a reply came or went. */
export interface ParentChange {
  id: string;
  thread: Thread | null;
  revision: number;
}

/** What every later event about a message begins with. */
export interface MessageChanged {
  id: string;
  channel: string;
  parentId: string | null;
  revision: number;
}

/** Data of `message:edit`. */
export type MessageEdited = MessageChanged & {
  content: string;
  editedAt: number;
  mentions: Mentions;
};

/** Data of `message:delete`: a tombstone stays. */
export type MessageDeleted = MessageChanged & {
  deleted: Deleted;
  parent?: ParentChange;
};

/** Data of `message:reaction`. */
export type MessageReaction = MessageChanged & {
  emoji: string;
  userId: string;
  added: boolean;
  /** All reactions after it. */
  reactions: Reaction[];
};

/** Data of `message:pin`. */
export type MessagePinned = MessageChanged & { pinned: Pinned | null };

/** A state that a message had. */
export interface MessageVersion {
  revision: number;
  content: string;
  /** Milliseconds from which it was so. */
  at: number;
}

/** Data of `message:typing`. */
export interface Typing {
  userId: string;
  handle: string;
  name: string;
}

/** A direct conversation as one of its two people lists it. */
export interface Conversation {
  channel: string;
  /** The other person. */
  userId: string;
  /** Milliseconds. */
  lastAt: number;
  lastAuthorId: string;
  /** The last message's beginning. */
  excerpt: string;
}
