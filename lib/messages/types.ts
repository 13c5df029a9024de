/** A message as it is sent, stored and told: data of `message:new`. */
export interface Message {
  id: string;
  channel: string;
  authorId: string;
  /** As they were called when they wrote it. */
  author: { handle: string; name: string };
  content: string;
  /** Milliseconds. */
  sentAt: number;
  /** The sender's own id for it: the same one again is the same message. */
  clientId: string | null;
}

/** A message with its place in the room: `epoch.seq.index`, the order in which everybody got it. */
export interface PlacedMessage extends Message {
  position: string;
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
