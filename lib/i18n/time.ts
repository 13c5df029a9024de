/** Times as the reader writes them. `timeZone` undefined means the machine's own, which in a browser is the reader's. */
export interface Place {
  /** BCP 47. */
  locale: string;
  /** IANA name. */
  timeZone?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making an `Intl` object costs some 50 µs, a chat page formats hundreds of times: keep them. */
function format(
  place: Place,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${place.locale}|${place.timeZone ?? ""}|${
    JSON.stringify(options)
  }`;
  let made = formats.get(key);
  if (!made) {
    try {
      made = new Intl.DateTimeFormat(place.locale, {
        ...options,
        timeZone: place.timeZone,
      });
    } catch {
      // A stored locale or zone this runtime does not know must not take the page down.
      made = new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" });
    }
    formats.set(key, made);
  }
  return made;
}

/** `14:05` */
export function clockTime(at: number, place: Place): string {
  return format(place, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** `Monday, 23 November 2026 at 14:05`, for titles. */
export function exactTime(at: number, place: Place): string {
  return format(place, { dateStyle: "full", timeStyle: "short" }).format(at);
}

/** `23 Nov 2026` */
export function shortDate(at: number, place: Place): string {
  return format(place, { dateStyle: "medium" }).format(at);
}

/** `23 Nov`, with the year when it is another one. */
function farDate(at: number, now: number, place: Place): string {
  const year = (time: number) => dayKey(time, place).slice(0, 4);
  if (year(at) !== year(now)) return shortDate(at, place);
  return format(place, { day: "numeric", month: "short" }).format(at);
}

/** `2026-11-23` where the reader is: equal for two times of the same day. */
export function dayKey(at: number, place: Place): string {
  const parts = format({ ...place, locale: "en" }, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value;
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** How a day is called in a list: `null` names are the caller's to fill (today, yesterday). */
export function dayName(
  at: number,
  now: number,
  place: Place,
): { relative: "today" | "yesterday" } | { name: string } {
  const day = dayKey(at, place);
  const today = dayKey(now, place);
  if (day === today) return { relative: "today" };
  // By the calendar: 24 hours ago is still today late on the day that has 25.
  const before = new Date(Date.parse(today) - DAY).toISOString().slice(0, 10);
  if (day === before) return { relative: "yesterday" };
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return {
    name: format(place, {
      weekday: "long",
      day: "numeric",
      month: "long",
      ...(sameYear ? {} : { year: "numeric" }),
    }).format(at),
  };
}

/** `now`, `5 min. ago`, `yesterday`, then the date; in the reader's words. */
export function relativeTime(at: number, now: number, place: Place): string {
  const ago = now - at;
  if (ago > 6 * DAY || ago < -6 * DAY) return farDate(at, now, place);
  const words = new Intl.RelativeTimeFormat(place.locale, {
    numeric: "auto",
    style: "short",
  });
  const size = Math.abs(ago);
  const sign = -Math.sign(ago);
  if (size < 45_000) return words.format(0, "second");
  if (size < 59.5 * MINUTE) {
    return words.format(
      sign * Math.max(1, Math.round(size / MINUTE)),
      "minute",
    );
  }
  if (size < 23.5 * HOUR) {
    return words.format(sign * Math.round(size / HOUR), "hour");
  }
  return words.format(sign * Math.round(size / DAY), "day");
}

/** Milliseconds until `relativeTime` may read differently; at least half a minute. */
export function nextChange(at: number, now: number): number {
  const age = Math.abs(now - at);
  if (age < HOUR) return 30_000;
  return age < DAY ? 10 * MINUTE : HOUR;
}
