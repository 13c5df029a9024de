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

/** A format in the reader's language and zone. Making one costs some 50 µs, a chat page uses it hundreds of times. */
export function format(
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
  const year = format(place, { year: "numeric" });
  if (year.format(at) !== year.format(now)) return shortDate(at, place);
  return format(place, { day: "numeric", month: "short" }).format(at);
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
