/** Milliseconds since the Unix epoch. Passed in everywhere, so that tests control time. */
export type Clock = () => number;

/** Makes a new identifier: 26 characters, sortable by time of making, of `0-9A-Z` (never a dash). */
export type IdMaker = () => string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
