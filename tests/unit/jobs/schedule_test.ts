import { assertEquals } from "@std/assert";
import {
  currentSlot,
  nextSlot,
  slotsBetween,
} from "../../../jobs/runner/mod.ts";

const at = (iso: string) => new Date(iso).getTime();
const keysOf = (slots: { key: string }[]) =>
  slots.map((s) => s.key.slice(0, 16));

Deno.test("a slot is the last due time, until the next", () => {
  const slot = currentSlot("0 0 * * SUN", at("2026-11-25T13:37:00Z"));
  assertEquals(slot.key, "2026-11-22T00:00:00.000Z");
  assertEquals(slot.at, at("2026-11-22T00:00:00Z"));
  assertEquals(slot.until, at("2026-11-29T00:00:00Z"));
  assertEquals(
    currentSlot("0 0 * * SUN", at("2026-11-22T00:00:00.000Z")).key,
    slot.key,
  );
});

Deno.test("a timer that fires early gets the slot that it fires for", () => {
  const now = at("2026-11-21T23:59:59.990Z");
  assertEquals(
    currentSlot("0 0 * * *", now, 30_000).key,
    "2026-11-22T00:00:00.000Z",
  );
  assertEquals(currentSlot("0 0 * * *", now).key, "2026-11-21T00:00:00.000Z");
});

Deno.test("daily slots go on over month ends, leap days and clock changes", () => {
  const slots = (from: string, to: string) =>
    keysOf(slotsBetween("0 0 * * *", at(from), at(to)));
  assertEquals(slots("2028-02-27T00:00:00Z", "2028-03-01T12:00:00Z"), [
    "2028-02-28T00:00",
    "2028-02-29T00:00",
    "2028-03-01T00:00",
  ]);
  assertEquals(slots("2026-02-27T00:00:00Z", "2026-03-01T00:00:00Z"), [
    "2026-02-28T00:00",
    "2026-03-01T00:00",
  ]);
  assertEquals(slots("2026-12-30T23:00:00Z", "2027-01-01T01:00:00Z"), [
    "2026-12-31T00:00",
    "2027-01-01T00:00",
  ]);
  // Europe and America change their clocks in these weeks; UTC does not.
  for (const month of ["2026-03", "2026-10", "2026-11"]) {
    const days = slotsBetween(
      "0 0 * * *",
      at(`${month}-01T00:00:00Z`),
      at(`${month}-28T00:00:00Z`),
    );
    assertEquals(days.length, 27);
    assertEquals(
      new Set(days.map((s) => s.until - s.at)),
      new Set([86_400_000]),
    );
  }
});

Deno.test("Sundays are Sundays", () => {
  const slots = slotsBetween(
    "0 0 * * SUN",
    at("2028-02-01T00:00:00Z"),
    at("2028-03-20T00:00:00Z"),
  );
  assertEquals(slots.map((s) => new Date(s.at).getUTCDay()), Array(7).fill(0));
  assertEquals(
    nextSlot("0 0 * * SUN", at("2028-02-29T00:00:00Z")),
    at("2028-03-05T00:00:00Z"),
  );
});
