import type { Clock, IdMaker } from "../../lib/clock.ts";

/** A clock that stands still until it is told. */
export interface FakeClock {
  now: Clock;
  /** Moves forward by `ms` milliseconds. */
  advance(ms: number): void;
  /** Moves to a time: milliseconds since 1970, or an ISO date. */
  set(at: number | string): void;
}

/** Starts at a Saturday in the middle of a month, unless told. */
export function fakeClock(
  start: number | string = "2026-08-15T12:00:00.000Z",
): FakeClock {
  let at = new Date(start).getTime();
  return {
    now: () => at,
    advance: (ms) => void (at += ms),
    set: (to) => void (at = new Date(to).getTime()),
  };
}

/** Ids `ID000000000000000000000001`, …: 26 characters, sorted by time of making, as `newId` promises. */
export function countingIds(prefix = "ID"): IdMaker {
  let n = 0;
  return () => prefix + String(++n).padStart(26 - prefix.length, "0");
}
