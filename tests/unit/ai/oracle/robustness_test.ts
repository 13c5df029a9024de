/** Whatever a file holds, the report is well formed, deterministic, and speaks only of what is in the file. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  type Activity,
  ACTIVITY_KINDS,
  ANOMALY_KINDS,
  detectAnomalies,
  MalformedLine,
  type OracleReport,
  readActivities,
} from "../../../../lib/ai/oracle/mod.ts";
import { DAY } from "../../../../lib/clock.ts";
import { harbour } from "../../../support/worlds/harbour/mod.ts";

const T = Date.UTC(2026, 5, 1);

function act(more: Partial<Activity>): Activity {
  return {
    id: "a1",
    at: T,
    kind: "message_sent",
    actorId: "ann",
    counterpartyId: null,
    guildId: null,
    bountyId: null,
    amount: null,
    rating: null,
    outcome: null,
    device: null,
    ...more,
  };
}

function assertSound(report: OracleReport, activities: readonly Activity[]) {
  const ids = new Set(activities.map((a) => a.id));
  const people = new Set(
    activities.flatMap((a) => [a.actorId, a.counterpartyId]),
  );
  assert(report.health.score >= 0 && report.health.score <= 100);
  for (const value of Object.values(report.health.components)) {
    assert(value >= 0 && value <= 100);
  }
  for (const a of report.anomalies) {
    assert(ANOMALY_KINDS.includes(a.kind));
    assert(a.riskScore >= 0 && a.riskScore <= 100, `${a.riskScore}`);
    assert(a.subjects.length > 0 && a.evidence.length > 0);
    assertEquals(new Set(a.evidence).size, a.evidence.length);
    assertEquals(new Set(a.subjects).size, a.subjects.length);
    for (const id of a.evidence) assert(ids.has(id), id);
    for (const id of a.subjects) assert(people.has(id), id);
    assert(new Date(a.firstSeen) <= new Date(a.lastSeen));
    assert(a.reason.endsWith("."));
    assert(!/NaN|Infinity|undefined/.test(a.reason), a.reason);
  }
  assert(!/NaN|Infinity/.test(JSON.stringify(report)));
}

Deno.test("an empty file and a file of one line have reports", async () => {
  const none = await detectAnomalies([]);
  assertEquals(none.window, { from: null, to: null });
  assertEquals(none.anomalies, []);
  assertEquals(none.health.score, 100);
  const one = await detectAnomalies([act({})]);
  assertEquals(one.window, { from: T - 7 * DAY, to: T });
  assertEquals(one.anomalies, []);
});

Deno.test("a ring without amounts has a score", async () => {
  const round = [["e", "d"], ["d", "a"], ["a", "e"]].map(([from, to], i) =>
    act({
      id: `p${i}`,
      kind: "bounty_paid",
      actorId: from,
      counterpartyId: to,
      amount: i === 1 ? 0 : null,
    })
  );
  assertSound(await detectAnomalies(round), round);
});

Deno.test("any sequence of activities gives a sound report, twice the same", async () => {
  const person = fc.constantFrom("a", "b", "c", "d", "e", "f");
  const some = fc.array(
    fc.record({
      kind: fc.constantFrom(...ACTIVITY_KINDS),
      actorId: person,
      counterpartyId: fc.option(person),
      guildId: fc.option(fc.constantFrom("g", "h")),
      bountyId: fc.option(fc.constantFrom("x", "y", "z")),
      amount: fc.option(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.constantFrom(0, -5, 1e308, 5e-324),
        ),
      ),
      rating: fc.option(fc.integer({ min: 1, max: 5 })),
      outcome: fc.option(
        fc.constantFrom("accepted", "rejected", "upheld", "dismissed"),
      ),
      device: fc.option(fc.constantFrom("p", "q")),
      wait: fc.integer({ min: -60_000, max: 9 * 3_600_000 }),
    }),
    { maxLength: 400, size: "max" },
  );
  await fc.assert(
    fc.asyncProperty(some, async (rows) => {
      let at = T;
      const activities = rows.map(({ wait, ...row }, i) =>
        act({ ...row as Partial<Activity>, id: `id${i}`, at: at += wait })
      );
      const report = await detectAnomalies(activities);
      assertSound(report, activities);
      assertEquals(await detectAnomalies(activities), report);
    }),
    { numRuns: 100 },
  );
});

Deno.test("disorder within minutes and lines that come twice change nothing", async () => {
  const { activities } = harbour(2, { each: 1, users: 150 });
  const report = await detectAnomalies(activities);
  assertSound(report, activities);
  const twice = activities.flatMap((a, i) =>
    i % 7 === 0 ? [a, a] : i % 11 === 0 && i > 40 ? [a, activities[i - 40]!] : a
  );
  assertEquals(await detectAnomalies(twice), report);
  // Neighbours change places; only acts of one instant have no order of their own.
  const mixed = [...activities];
  for (let i = 0; i + 1 < mixed.length; i += 5) {
    if (mixed[i]!.at === mixed[i + 1]!.at) continue;
    [mixed[i], mixed[i + 1]] = [mixed[i + 1]!, mixed[i]!];
  }
  const again = await detectAnomalies(mixed);
  assertEquals(
    again.anomalies.map((a) => a.id).sort(),
    report.anomalies.map((a) => a.id).sort(),
  );
});

async function* bytes(text: string) {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

async function read(text: string, skip = false): Promise<[number, number[]]> {
  const bad: number[] = [];
  let count = 0;
  const lines = readActivities(
    bytes(text),
    skip ? (error) => bad.push(error.line) : undefined,
  );
  for await (const _ of lines) count++;
  return [count, bad];
}

Deno.test("a malformed line is named, or passed over and counted; unknown fields are let be", async () => {
  const good = JSON.stringify({ ...act({}), planet: "Mars" });
  const short = JSON.stringify({
    id: "b",
    at: "2026-06-01T00:00:00Z",
    kind: "user_signed_in",
    actorId: "bo",
  });
  assertEquals(await read(`\ufeff${good}\r\n\n${short}`), [2, []]);
  const broken = `${good}\n{"id":1}\nnot json\n${
    JSON.stringify({ ...act({}), kind: "nap" })
  }\n${good}\n`;
  const error = await assertRejects(() => read(broken), MalformedLine);
  assertEquals(error.line, 2);
  assertEquals(await read(broken, true), [2, [2, 3, 4]]);
});
