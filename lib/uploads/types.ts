import type { Attachment } from "../messages/types.ts";

/** A file that somebody has sent into a room: theirs alone until a message brings it. */
export interface Upload {
  channel: string;
  ownerId: string;
  attachment: Attachment;
  /** Names the message that brought it: its client id, or a mark of its own. */
  sentWith: string | null;
  /** Milliseconds. */
  createdAt: number;
}

/** Bytes of one file. */
export const UPLOAD_LIMIT = 25_000_000;
/** Files of one message. */
export const MAX_FILES = 10;
