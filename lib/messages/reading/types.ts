/** How far somebody has read in a room. Data of `room:read`, on the reader's own channel. */
export interface ReadState {
  channel: string;
  /** Everything up to this position is read; `null` before anything is. */
  position: string | null;
  /** Messages after it by others, tombstones included, replies in threads not. */
  unread: number;
  /** Of the messages and replies after it, those that name the reader; 100 stands for 100 and more. */
  mentions: number;
  /** What the counts take into account: add what you hear from the room after this position. `null` in an empty room. */
  upTo: string | null;
  /** Grows by one with each change of the mark. */
  revision: number;
}

/** Data of `message:read`, on the channel of a direct conversation: the other has read up to here. */
export interface Receipt {
  userId: string;
  position: string;
  /** Milliseconds. */
  at: number;
}

/** The newest message of a room, for the rail. */
export interface LastMessage {
  id: string;
  authorId: string;
  /** The beginning of its text; empty when it was deleted. */
  excerpt: string;
  /** Milliseconds. */
  at: number;
}

/** A room in somebody's rail. */
export interface RailRoom extends ReadState {
  kind: "guild" | "dm" | "dispute";
  /** Of the guild, the dispute, or the other person. */
  subjectId: string;
  /** What the room is called. */
  name: string;
  /** Of a direct conversation: the other's handle. */
  handle: string | null;
  last: LastMessage | null;
  /** It stands first. */
  starred: boolean;
  /** Its reader wants to be told nothing of it: it counts what names them, and is not set off by what is unread. */
  muted: boolean;
  /** Where the room's log stood before it was counted: nothing is missed by who follows it from here. */
  head: string;
}

/** An unsent text, the same on all devices. Data of `room:draft`, on its writer's own channel. */
export interface Draft {
  channel: string;
  /** The thread it is for. */
  parentId: string | null;
  /** Empty when there is none any more. */
  content: string;
  /** Milliseconds, by the writer's clock: the later one wins. */
  at: number;
}
