/** What is said to rise and fall, and that a few bounties do not shout. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  analyse,
  analyseLocally,
  compareCounts,
} from "../../../lib/ai/trends/mod.ts";
import { chanceOf } from "../../../lib/ai/trends/compare.ts";
import { trendsRefinement } from "../../../lib/ai/trends/refine.ts";
import { postBounty } from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { seedDemand } from "../../support/demand.ts";
import { openDeps } from "../../support/open_deps.ts";
import { OPS_WORK } from "./stage.ts";

Deno.test("a few more or less are steady, many more rise, many fewer fall", () => {
  for (
    const [now, before, direction] of [
      [0, 0, "steady"],
      [1, 0, "steady"],
      [3, 0, "steady"],
      [3, 1, "steady"],
      [9, 0, "rising"],
      [15, 3, "rising"],
      [0, 9, "falling"],
      [3, 15, "falling"],
      [100, 101, "steady"],
      [1_000, 1_100, "steady"],
      [150, 100, "rising"],
    ] as const
  ) {
    assertEquals(
      compareCounts(now, before).direction,
      direction,
      `${now} after ${before}`,
    );
  }
});

Deno.test("the chance is that of tosses of a coin", () => {
  assertEquals(chanceOf(5, 10), 1);
  // 2 · (C(10,8) + C(10,9) + C(10,10)) / 2^10
  assertAlmostEquals(chanceOf(8, 10), 2 * 56 / 1024, 1e-9);
  assertAlmostEquals(chanceOf(3, 3), 0.25, 1e-9);
  assert(chanceOf(1_100, 2_000) < 1e-4 && chanceOf(5_000, 9_999) > 0.9);
});

Deno.test("comparing is symmetric, monotonous and shrinks", () => {
  const count = fc.nat({ max: 5_000 });
  fc.assert(fc.property(count, count, (now, before) => {
    const there = compareCounts(now, before);
    const back = compareCounts(before, now);
    assertAlmostEquals(there.ratio * back.ratio, 1, 1e-9);
    assertAlmostEquals(there.chance, back.chance, 1e-9);
    assert(there.chance >= 0 && there.chance <= 1);
    assert(compareCounts(now + 1, before).ratio > there.ratio);
    if (before > 0 && now > before) assert(there.ratio < now / before);
    const opposite = { rising: "falling", falling: "rising", steady: "steady" };
    assertEquals(back.direction, opposite[there.direction]);
  }));
});

Deno.test("categories and skills with their evidence, the strongest first, spellings as one", async () => {
  await using deps = await openDeps();
  await seedDemand(deps.kv, deps.now());
  const report = await analyseLocally(deps);
  assertEquals(report.opened, { now: 38, before: 35 });
  // Both changed as much; the larger one comes first.
  const [second, first] = report.categories;
  assertEquals(
    [first!.name, first!.direction, first!.now, first!.before],
    ["design", "falling", 3, 15],
  );
  assertEquals(
    [second!.name, second!.direction, second!.now, second!.before],
    ["security", "rising", 15, 3],
  );
  assertEquals(second!.weeks, [1, 0, 1, 2, 1, 2, 6, 9]);
  assertEquals(second!.reward, 1_550);
  assert(second!.taken! > 0.4 && second!.taken! < 0.5);
  assertEquals(report.categories.length, 7);
  assertEquals(
    report.skills.filter(({ direction }) => direction === "rising")
      .map(({ name }) => name).sort(),
    ["penetration testing", "web security"],
  );
  assert(report.skills.some(({ name }) => name === "kubernetes"));
  // Asked for once in eight weeks: not worth a line.
  assert(!report.skills.some(({ name }) => name === "sql"));
});

Deno.test("drafts do not count until they open; nothing at all is a report of zeros", async () => {
  await using deps = await openDeps();
  const empty = await analyseLocally(deps);
  assertEquals(empty.opened, { now: 0, before: 0 });
  assertEquals(empty.skills, []);
  const client = await deps.addUser("carl");
  const work = { ...OPS_WORK, skills: [...OPS_WORK.skills] };
  await postBounty(deps, client, work);
  assertEquals((await analyseLocally(deps)).opened.now, 0);
  await postBounty(deps, client, { ...work, open: true });
  deps.clock.advance(1);
  assertEquals((await analyseLocally(deps)).opened.now, 1);
});

Deno.test("each bounty is in one week, and the four newest weeks are the two windows", () => {
  const to = 1_000 * DAY;
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 56 * 24 - 1 }), { maxLength: 200 }),
    (hours) => {
      const report = analyse(
        hours.map((ago) => ({
          category: "data" as const,
          skills: ["sql"],
          reward: 10,
          state: "open" as const,
          at: to - ago * DAY / 24 - 1,
        })),
        to,
      );
      const data = report.categories.find(({ name }) => name === "data")!;
      const { weeks, now, before } = data;
      assertEquals(weeks.reduce((a, b) => a + b), hours.length);
      assertEquals(now, weeks[6]! + weeks[7]!);
      assertEquals(before, weeks[4]! + weeks[5]!);
      assertEquals(report.opened.now, now);
      assertEquals(report.opened.before, before);
    },
  ));
});

Deno.test("a model may word the trends that it was shown, and no others", async () => {
  await using deps = await openDeps();
  await seedDemand(deps.kv, deps.now());
  const report = await analyseLocally(deps);
  const answer = {
    summary: "Security is wanted.",
    notes: [{ id: "category:security", note: "Five times as many." }],
  };
  const worded = trendsRefinement.apply(report, answer);
  assertEquals(worded.summary, "Security is wanted.");
  assertEquals(
    worded.categories.map(({ note }) => note).filter(Boolean),
    ["Five times as many."],
  );
  assertEquals(
    worded.categories.map(({ now }) => now),
    report.categories.map(({ now }) => now),
  );
  let refused = false;
  try {
    trendsRefinement.apply(report, {
      summary: "",
      notes: [{ id: "category:scams", note: "Send money." }],
    });
  } catch {
    refused = true;
  }
  assert(refused);
});
