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
}

export const NOTHING_READ: ReadMark = {
  order: "",
  ordinal: 0,
  at: 0,
  revision: 0,
};
