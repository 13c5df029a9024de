import { Cron } from "croner";

/** One due time of a schedule. */
export interface Slot {
  /** ISO time, or `manual-…`, `dry-…`. */
  key: string;
  /** milliseconds */
  at: number;
  /** When the next slot begins. */
  until: number;
}

/** All schedules are in UTC, so no day is 23 or 25 hours long. */
function parse(schedule: string): Cron {
  return new Cron(schedule, { timezone: "UTC", paused: true, mode: "5-part" });
}

function slotAt(cron: Cron, at: number): Slot {
  const until = cron.nextRun(new Date(at))?.getTime() ?? Infinity;
  return { key: new Date(at).toISOString(), at, until };
}

/** The slot that `now` belongs to: the last due time. With `early`, one that is less than that many ms away counts. */
export function currentSlot(schedule: string, now: number, early = 0): Slot {
  const cron = parse(schedule);
  const [last] = cron.previousRuns(1, new Date(now + early + 1));
  if (!last) throw new RangeError(`${schedule} is never due`);
  return slotAt(cron, last.getTime());
}

/** Slots in `(after, upTo]`, oldest first; at most `limit`, the newest. */
export function slotsBetween(
  schedule: string,
  after: number,
  upTo: number,
  limit = 1_000,
): Slot[] {
  const cron = parse(schedule);
  return cron.previousRuns(limit, new Date(upTo + 1))
    .map((date) => date.getTime())
    .filter((at) => at > after)
    .reverse()
    .map((at) => slotAt(cron, at));
}

/** The first due time after `now`, in milliseconds. */
export function nextSlot(schedule: string, now: number): number | undefined {
  return parse(schedule).nextRun(new Date(now))?.getTime();
}
