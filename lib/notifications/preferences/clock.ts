import { DAY, HOUR, MINUTE } from "../../clock.ts";
import type { QuietHours } from "./types.ts";

/** What a clock on the wall says. */
interface WallTime {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    const options = {
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    } as const;
    try {
      format = new Intl.DateTimeFormat("en", { ...options, timeZone });
    } catch {
      // A stored zone that this runtime does not know must not stop a delivery.
      format = new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" });
    }
    formats.set(timeZone, format);
  }
  return format;
}

export function wallTime(at: number, timeZone: string): WallTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) {
    if (type !== "literal") parts[type] = Number(value);
  }
  return parts as unknown as WallTime;
}

/** The wall's time read as if it were UTC, milliseconds. */
function asUtc(at: number, timeZone: string): number {
  const w = wallTime(at, timeZone);
  return Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second);
}

/**
 * All instants at which the wall shows `local` (milliseconds as if it were UTC), earlier first: two when the clock is
 * put back over it. When it is put forward over it, the one instant at which it jumps past.
 */
function instantsOf(local: number, timeZone: string): number[] {
  // A zone's offset a day before and a day after are the two that can hold.
  const offsets = new Set(
    [local - DAY, local + DAY].map((near) => asUtc(near, timeZone) - near),
  );
  const found = [...offsets].map((offset) => local - offset)
    .filter((at) => asUtc(at, timeZone) === local).sort((a, b) => a - b);
  if (found.length > 0) return found;
  return [jump(local, timeZone, Math.max(...offsets))];
}

/** The moment in which the clock jumps over `local`: the first whose wall time is after it. */
function jump(local: number, timeZone: string, offset: number): number {
  let [before, after] = [local - offset - 3 * HOUR, local - offset + 3 * HOUR];
  while (after - before > MINUTE) {
    const middle = before +
      Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (asUtc(middle, timeZone) >= local) after = middle;
    else before = middle;
  }
  return after;
}

const minutesOf = (time: string) =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether quiet hours hold at an instant, by the wall. */
export function isQuiet(
  at: number,
  { from, to, days }: QuietHours,
  timeZone: string,
): boolean {
  const local = asUtc(at, timeZone);
  const weekday = new Date(local).getUTCDay();
  const minute = Math.floor((local % DAY) / MINUTE);
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  if (begin < end) {
    return days.includes(weekday) && minute >= begin && minute < end;
  }
  // The part after midnight belongs to the day on which they began.
  return (minute >= begin && days.includes(weekday)) ||
    (minute < end && days.includes((weekday + 6) % 7));
}

/**
 * When the quiet hours that hold at `at` end, milliseconds; `null` when none hold. A night on which the clock is put
 * back may have a quiet hour twice: then it is the end for which nothing is quiet right after.
 */
export function quietUntil(
  at: number,
  quiet: QuietHours,
  timeZone: string,
): number | null {
  if (!isQuiet(at, quiet, timeZone)) return null;
  const end = endByWall(at, quiet, timeZone);
  // Put back to before they begin, the clock ends them, too.
  const back = putBack(at, end, timeZone);
  return back !== null && !isQuiet(back, quiet, timeZone) ? back : end;
}

function endByWall(at: number, quiet: QuietHours, timeZone: string): number {
  const local = asUtc(at, timeZone);
  const midnight = local - local % DAY;
  const end = minutesOf(quiet.to) * MINUTE;
  for (let day = 0; day <= 8; day++) {
    for (const instant of instantsOf(midnight + day * DAY + end, timeZone)) {
      if (instant > at && !isQuiet(instant, quiet, timeZone)) return instant;
    }
  }
  // Quiet every minute of the week; nothing waits for longer than a day.
  return at + DAY;
}

/** The moment between two instants, less than some days apart, in which the clock is put back; `null` without one. */
function putBack(from: number, to: number, timeZone: string): number | null {
  const offset = (minute: number) =>
    asUtc(minute * MINUTE, timeZone) - minute * MINUTE;
  let [before, after] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)];
  const usual = offset(before);
  if (offset(after) >= usual) return null;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offset(middle) < usual) after = middle;
    else before = middle;
  }
  return after * MINUTE;
}

/** When the next digest is due: at the next full hour, or at `hour` o'clock, by the wall. */
export function nextDigest(
  at: number,
  every: "hour" | "day",
  hour: number,
  timeZone: string,
): number {
  const local = asUtc(at, timeZone);
  if (every === "hour") {
    const next = local - local % HOUR + HOUR;
    return instantsOf(next, timeZone).find((instant) => instant > at) ??
      at + HOUR;
  }
  const midnight = local - local % DAY;
  for (let day = 0; day <= 2; day++) {
    const [instant] = instantsOf(
      midnight + day * DAY + hour * HOUR,
      timeZone,
    );
    if (instant! > at) return instant!;
  }
  return at + DAY;
}
