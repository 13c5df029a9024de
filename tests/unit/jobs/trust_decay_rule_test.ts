import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DAY, HOUR } from "../../../lib/clock.ts";
import { type Absence, lossesOf, type User } from "../../../lib/users/mod.ts";
import { decayOf } from "../../../jobs/trust_decay/rule.ts";

const at = (iso: string) => new Date(iso).getTime();

function lost(
  trust: number,
  lastActive: string,
  now: string,
  through?: string,
) {
  const absence: Absence | undefined = through
    ? { through: at(through), losses: "" }
    : undefined;
  const after = decayOf(
    { trust, lastActiveAt: at(lastActive), absence },
    at(now),
  );
  return trust - (after?.trust ?? trust);
}

Deno.test("trust falls by a day's point from thirty days without activity", () => {
  assertEquals(
    lost(800, "2026-10-01T00:00:00Z", "2026-10-30T23:59:59.999Z"),
    0,
  );
  assertEquals(lost(800, "2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z"), 30);
  assertEquals(lost(800, "2026-10-01T00:00:00Z", "2026-11-10T00:00:00Z"), 40);
});

Deno.test("a run takes at most fifty points, and never goes below 500", () => {
  assertEquals(lost(900, "2025-01-01T00:00:00Z", "2026-11-01T00:00:00Z"), 50);
  assertEquals(lost(512, "2025-01-01T00:00:00Z", "2026-11-01T00:00:00Z"), 12);
  assertEquals(lost(500, "2025-01-01T00:00:00Z", "2026-11-01T00:00:00Z"), 0);
  assertEquals(lost(300, "2025-01-01T00:00:00Z", "2026-11-01T00:00:00Z"), 0);
});

Deno.test("days are counted from the last decay, or from a later activity", () => {
  const now = "2026-11-22T00:00:00Z";
  assertEquals(
    lost(800, "2026-01-01T00:00:00Z", now, "2026-11-15T00:00:00Z"),
    7,
  );
  assertEquals(
    lost(800, "2026-10-20T00:00:00Z", now, "2026-10-11T00:00:00Z"),
    33,
  );
  assertEquals(lost(800, "2026-01-01T00:00:00Z", now, now), 0);
});

Deno.test("days are 24 hours of UTC: month ends, leap days and clock changes do not matter", () => {
  assertEquals(lost(800, "2028-01-31T00:00:00Z", "2028-03-01T00:00:00Z"), 30);
  assertEquals(lost(800, "2026-01-31T00:00:00Z", "2026-03-01T00:00:00Z"), 0);
  assertEquals(lost(800, "2026-01-30T00:00:00Z", "2026-03-01T00:00:00Z"), 30);
  assertEquals(lost(800, "2026-03-01T02:30:00Z", "2026-03-31T02:30:00Z"), 30);
  assertEquals(lost(800, "2026-10-05T02:30:00Z", "2026-11-04T02:30:00Z"), 30);
  assertEquals(lost(800, "2027-12-02T00:00:00Z", "2028-01-01T00:00:00Z"), 30);
});

Deno.test("however often it runs, the days between two runs are counted once", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 1, max: 40 * 24 }), {
      minLength: 1,
      maxLength: 30,
    }),
    fc.integer({ min: 501, max: 1000 }),
    (hours, trust) => {
      const user: Pick<User, "trust" | "lastActiveAt" | "absence"> = {
        trust,
        lastActiveAt: 0,
      };
      let now = 30 * DAY;
      let charged = 0;
      for (const h of hours) {
        now += h * HOUR;
        const before: number = user.trust;
        const after = decayOf(user, now);
        if (!after) continue;
        const { through } = after.absence;
        const losses = lossesOf(after.absence);
        const loss = { at: now, from: before, to: after.trust };
        assertEquals(losses.at(-1), loss);
        charged += (through - Math.max(0, user.absence?.through ?? 0)) / DAY;
        Object.assign(user, after);
        assert(before - user.trust <= 50 && user.trust >= 500);
        assert(through <= now && now - through < DAY);
        assert(losses.length <= 26);
        // The same moment once more changes nothing.
        assertEquals(decayOf(user, now), null);
      }
      if (user.absence && user.trust > 500) {
        assertEquals(charged, Math.floor(now / DAY));
      }
    },
  ));
});
