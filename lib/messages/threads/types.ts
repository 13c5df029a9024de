import type { PlacedMessage } from "../types.ts";

/** Where somebody stands in a thread. Data of `thread:updated`, on their own channel. */
export interface ThreadState {
  channel: string;
  /** The message that begins the thread. */
  parentId: string;
  following: boolean;
  /** Replies after it are unread, as `unread` counts them; `null` where nothing is followed. */
  position: string | null;
  /** Replies by others that they have not read, deleted ones left out; 100 stands for 100 and more. */
  unread: number;
  /** What the count takes into account: add what you hear from the room after this position. */
  upTo: string | null;
  /** Grows by one with each change of the mark or of following. */
  revision: number;
}

/** Data of `thread:followed`: a reply made somebody a follower; `GET …/threads/{id}/state` tells the count. */
export interface ThreadFollowed {
  channel: string;
  parentId: string;
}

/** A followed thread as its follower lists it. */
export interface ThreadEntry {
  state: ThreadState;
  parent: PlacedMessage;
  /** The last replies, the oldest first. */
  replies: PlacedMessage[];
  /** The first reply that is unread. */
  firstUnreadId: string | null;
  room: { kind: "guild" | "dm" | "dispute"; name: string; path: string };
}
