import { assertEquals } from "@std/assert";
import {
  clockTime,
  dayKey,
  dayName,
  relativeTime,
} from "../../../lib/i18n/mod.ts";

const now = Date.parse("2026-03-29T12:00:00Z");
const place = { locale: "en-GB", timeZone: "Europe/Berlin" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

Deno.test("near times are relative, far ones are dates", () => {
  assertEquals(relativeTime(now - 10_000, now, place), "now");
  assertEquals(relativeTime(now - 5 * MINUTE, now, place), "5 min ago");
  assertEquals(relativeTime(now - 3 * HOUR, now, place), "3 hr ago");
  assertEquals(relativeTime(now - 26 * HOUR, now, place), "yesterday");
  assertEquals(relativeTime(now - 30 * 24 * HOUR, now, place), "27 Feb");
});

Deno.test("a day is the reader's, also on the day the clocks change", () => {
  // Berlin skipped 02:00–03:00 on this day.
  assertEquals(dayKey(Date.parse("2026-03-28T23:30:00Z"), place), "2026-03-29");
  assertEquals(dayName(Date.parse("2026-03-28T22:30:00Z"), now, place), {
    relative: "yesterday",
  });
  assertEquals(dayName(Date.parse("2026-03-29T21:30:00Z"), now, place), {
    relative: "today",
  });
  const far = dayName(Date.parse("2025-12-24T12:00:00Z"), now, place);
  // Versions of Unicode's data differ in the comma.
  assertEquals(
    "name" in far && far.name.replace(",", ""),
    "Wednesday 24 December 2025",
  );
});

Deno.test("yesterday is a calendar day, also when today has 25 hours", () => {
  const late = Date.parse("2026-10-25T22:45:00Z");
  const yesterday = Date.parse("2026-10-24T10:00:00Z");
  assertEquals(dayName(yesterday, late, place), { relative: "yesterday" });
});

Deno.test("a time zone this runtime does not know reads UTC instead of failing", () => {
  assertEquals(
    clockTime(now, { locale: "en-GB", timeZone: "Mars/Olympus" }),
    "12:00 PM",
  );
});
