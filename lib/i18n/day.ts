import { format, type Place } from "./time.ts";

const DAY = 24 * 60 * 60_000;

/** `14:05` */
export function clockTime(at: number, place: Place): string {
  return format(place, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** `23 Nov, 14:05` */
export function dayTime(at: number, place: Place): string {
  return format(place, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
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
