import { keys, type Mutation, set } from "../../kv/mod.ts";

/** How far somebody has read, as stored. */
export interface ReadMark {
  /** `orderKey` of a place: everything up to it is read. */
  order: string;
  /** Messages of the room's own list up to there. */
  ordinal: number;
  /** Milliseconds of the last change. */
  at: number;
  /** Grows by one with each change. */
  revision: number;
  /** The revision that last moved it back, by the reader's own wish; absent before that. */
  back?: number;
}

export const NOTHING_READ: ReadMark = {
  order: "",
  ordinal: 0,
  at: 0,
  revision: 0,
};

/** A mark by room: who has read how far. */
export interface ReaderRow {
  order: string;
  /** Milliseconds. */
  at: number;
}

/** The rows of a mark, by reader and by room. */
export function readMarkRows(
  channel: string,
  userId: string,
  mark: ReadMark,
): Mutation[] {
  const reader: ReaderRow = { order: mark.order, at: mark.at };
  return [
    set(keys.readMark(userId, channel), mark),
    set(keys.reader(channel, userId), reader),
  ];
}
