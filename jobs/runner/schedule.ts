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

const parsed = new Map<string, Cron>();

/** All schedules are in UTC, so no day is 23 or 25 hours long. There are few, and parsing takes longer than asking. */
function parse(schedule: string): Cron {
  let cron = parsed.get(schedule);
  if (!cron) {
    cron = new Cron(schedule, {
      timezone: "UTC",
      paused: true,
      mode: "5-part",
    });
    parsed.set(schedule, cron);
  }
  return cron;
}

/** The slot that `now` belongs to: the last due time. With `early`, one that is less than that many ms away counts. */
export function currentSlot(schedule: string, now: number, early = 0): Slot {
  const cron = parse(schedule);
  const [last] = cron.previousRuns(1, new Date(now + early + 1));
  if (!last) throw new RangeError(`${schedule} is never due`);
  return {
    key: last.toISOString(),
    at: last.getTime(),
    until: cron.nextRun(last)?.getTime() ?? Infinity,
  };
}

/** Slots in `(after, upTo]`, oldest first, at most `limit`. */
export function slotsBetween(
  schedule: string,
  after: number,
  upTo: number,
  limit = Infinity,
): Slot[] {
  const cron = parse(schedule);
  const slots: Slot[] = [];
  let at = cron.nextRun(new Date(after))?.getTime();
  while (at !== undefined && at <= upTo && slots.length < limit) {
    const until = cron.nextRun(new Date(at))?.getTime();
    slots.push({
      key: new Date(at).toISOString(),
      at,
      until: until ?? Infinity,
    });
    at = until;
  }
  return slots;
}

/** The first due time after `now`, in milliseconds. */
export function nextSlot(schedule: string, now: number): number | undefined {
  return parse(schedule).nextRun(new Date(now))?.getTime();
}
