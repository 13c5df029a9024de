import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import {
  isQuiet,
  nextDigest,
  quietUntil,
  wallTime,
} from "../../../lib/notifications/preferences/clock.ts";

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const night = { from: "22:00", to: "07:00", days: EVERY_DAY };
const at = (iso: string) => Date.parse(iso);

Deno.test("quiet hours follow the clock on the user's wall", () => {
  const berlin = "Europe/Berlin";
  assertEquals(quietUntil(at("2026-07-01T19:59:00Z"), night, berlin), null);
  assertEquals(
    quietUntil(at("2026-07-01T20:00:00Z"), night, berlin),
    at("2026-07-02T05:00:00Z"),
  );
  assertEquals(
    quietUntil(at("2026-12-01T02:00:00Z"), night, berlin),
    at("2026-12-01T06:00:00Z"),
  );
  assertEquals(
    quietUntil(at("2026-07-01T16:30:00Z"), night, "Asia/Kolkata"),
    at("2026-07-02T01:30:00Z"),
  );
});

Deno.test("the nights on which the clock changes end at the right hour", () => {
  const berlin = "Europe/Berlin";
  // Put forward: the night is an hour shorter.
  assertEquals(
    quietUntil(at("2026-03-28T22:00:00Z"), night, berlin),
    at("2026-03-29T05:00:00Z"),
  );
  // Put back: an hour longer.
  assertEquals(
    quietUntil(at("2026-10-24T21:00:00Z"), night, berlin),
    at("2026-10-25T06:00:00Z"),
  );
  // An end that the clock jumps over is the moment of the jump.
  const short = { from: "22:00", to: "02:30", days: EVERY_DAY };
  assertEquals(
    quietUntil(at("2026-03-28T23:00:00Z"), short, berlin),
    at("2026-03-29T01:00:00Z"),
  );
  // One that comes twice ends the first time, and holds again when the clock is put back into it.
  assertEquals(
    quietUntil(at("2026-10-25T00:15:00Z"), short, berlin),
    at("2026-10-25T00:30:00Z"),
  );
  assertEquals(
    quietUntil(at("2026-10-25T01:15:00Z"), short, berlin),
    at("2026-10-25T01:30:00Z"),
  );
  // Put back to before they begin, the clock ends them; seven minutes later they begin again.
  const late = { from: "02:07", to: "00:00", days: [0] };
  assertEquals(
    quietUntil(at("2026-10-25T00:59:00Z"), late, berlin),
    at("2026-10-25T01:00:00Z"),
  );
  assertEquals(
    quietUntil(at("2026-10-25T01:07:00Z"), late, berlin),
    at("2026-10-25T23:00:00Z"),
  );
  // Half an hour, as on Lord Howe Island.
  assertEquals(
    quietUntil(at("2026-04-04T12:00:00Z"), night, "Australia/Lord_Howe"),
    at("2026-04-04T20:30:00Z"),
  );
});

Deno.test("quiet hours hold on the days on which they begin", () => {
  const weekend = { from: "22:00", to: "07:00", days: [5, 6] };
  // 14 August 2026 is a Friday.
  assertEquals(isQuiet(at("2026-08-13T23:00:00Z"), weekend, "UTC"), false);
  assertEquals(isQuiet(at("2026-08-14T23:00:00Z"), weekend, "UTC"), true);
  assertEquals(isQuiet(at("2026-08-16T06:59:00Z"), weekend, "UTC"), true);
  assertEquals(isQuiet(at("2026-08-16T23:00:00Z"), weekend, "UTC"), false);
});

const zones = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Nowhere/Unknown",
);
/** Instants around the changes of clocks, and any others. */
const instants = fc.oneof(
  fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2028-01-01Z") }),
  fc.tuple(
    fc.constantFrom(
      "2026-03-29T01:00:00Z",
      "2026-10-25T01:00:00Z",
      "2026-03-08T07:00:00Z",
      "2026-11-01T06:00:00Z",
      "2026-04-04T15:00:00Z",
      "2026-10-03T15:30:00Z",
    ),
    fc.integer({ min: -6 * 60, max: 6 * 60 }),
  ).map(([iso, minutes]) => at(iso) + minutes * MINUTE),
);
const times = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((m) =>
  `${String(Math.floor(m / 60)).padStart(2, "0")}:${
    String(m % 60).padStart(2, "0")
  }`
);

Deno.test("the end of quiet hours is the first minute that is not quiet, in every zone", () => {
  fc.assert(
    fc.property(
      instants,
      zones,
      times,
      times,
      fc.subarray(EVERY_DAY, { minLength: 1 }),
      (now, zone, from, to, days) => {
        fc.pre(from !== to);
        const quiet = { from, to, days };
        const end = quietUntil(now, quiet, zone);
        assertEquals(end === null, !isQuiet(now, quiet, zone));
        if (end === null) return;
        assert(end > now && end <= now + 25 * HOUR);
        assert(!isQuiet(end, quiet, zone), "it is over at its end");
        for (let t = now; t < end; t += 7 * MINUTE) {
          assert(isQuiet(t, quiet, zone), "and not before");
        }
        assert(isQuiet(end - 1_000, quiet, zone));
      },
    ),
    { numRuns: 400 },
  );
});

Deno.test("digests are due at full hours, or once a day at the hour that was chosen", () => {
  fc.assert(
    fc.property(
      instants,
      zones,
      fc.integer({ min: 0, max: 23 }),
      (now, zone, hour) => {
        const hourly = nextDigest(now, "hour", hour, zone);
        assert(hourly > now && hourly <= now + 2 * HOUR);
        // Where the clock jumps by half an hour over a full one, it is half past.
        const { minute } = wallTime(hourly, zone);
        assert(minute === 0 || zone === "Australia/Lord_Howe");
        const daily = nextDigest(now, "day", hour, zone);
        assert(daily > now && daily <= now + DAY + 2 * HOUR);
        const wall = wallTime(daily, zone);
        // A clock that jumps over the hour makes it the next one.
        assert(wall.hour === hour || wall.hour === (hour + 1) % 24);
      },
    ),
    { numRuns: 300 },
  );
});
