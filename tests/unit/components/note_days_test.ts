import { assertEquals } from "@std/assert";
import { byDay } from "../../../components/notifications/days.ts";
import { readerOf } from "../../../lib/i18n/mod.ts";

const now = Date.parse("2026-11-23T10:00:00Z");
const reader = readerOf(
  { locale: "en", timeZone: "Europe/Berlin" },
  null,
  () => now,
);

Deno.test("notifications stand under the reader's days, in the order they came in", () => {
  const at = (text: string) => ({ createdAt: Date.parse(text) });
  const days = byDay([
    at("2026-11-23T09:00:00Z"),
    at("2026-11-22T23:30:00Z"),
    at("2026-11-22T22:30:00Z"),
    at("2026-11-20T12:00:00Z"),
  ], reader);
  assertEquals(days.map((day) => [day.key, day.items.length]), [
    ["2026-11-23", 2],
    ["2026-11-22", 1],
    ["2026-11-20", 1],
  ]);
  assertEquals(days[0]!.name, "Today");
  assertEquals(days[1]!.name, "Yesterday");
});

Deno.test("an empty list has no days", () => {
  assertEquals(byDay([], reader), []);
});
