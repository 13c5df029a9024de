/** Attacks are found in worlds of all five generators, and honest people are left alone. Seeds are those for tuning. */
import { assert, assertEquals } from "@std/assert";
import { CRITICAL, Oracle } from "../../../../lib/ai/oracle/mod.ts";
import type { LabelledWorld } from "../../../support/worlds/builder.ts";
import { harbour } from "../../../support/worlds/harbour/mod.ts";
import { valley } from "../../../support/worlds/valley/mod.ts";
import { makeWorld, square, TUNING } from "../../../support/worlds/mod.ts";
import {
  emptyTallies,
  table,
  tally,
  total,
} from "../../../support/worlds/score.ts";

function report(world: LabelledWorld) {
  const oracle = new Oracle();
  for (const a of world.activities) oracle.add(a);
  return oracle.report();
}

const WORLDS: [string, (camouflage: number) => LabelledWorld][] = [
  ["harbour", (camouflage) => harbour(5, { camouflage, each: 1 })],
  ["harbour", (camouflage) => harbour(11, { camouflage, each: 1 })],
  ["harbour", (camouflage) => harbour(20, { camouflage, each: 1 })],
  ["valley", (camouflage) => valley(101, { camouflage, each: 1 })],
  [
    "town",
    (camouflage) => makeWorld(TUNING[0]!, 3, { camouflage, each: 1 }),
  ],
  [
    "square",
    (camouflage) =>
      square({
        name: "square",
        users: 300,
        weeks: 3,
        rate: 2,
        seed: 4,
        camouflage,
        each: 1,
      }),
  ],
];

for (const camouflage of [0, 0.25]) {
  Deno.test(`attacks with ${camouflage * 100} % camouflage are critical, little else is`, () => {
    const tallies = emptyTallies();
    for (const [, make] of WORLDS) {
      const world = make(camouflage);
      tally(tallies, world, report(world));
    }
    const { right, flags, found, attacks } = total(tallies);
    assert(right / flags >= 0.95, table(tallies));
    assert(found / attacks >= 0.9, table(tallies));
  });
}

Deno.test("worlds without attacks have no critical anomaly", () => {
  const worlds = [
    ...[5, 11, 17].map((seed) => harbour(seed, { each: 0 })),
    // A long evening's talk, and a dispute that everybody votes on, are in each of these.
    ...[101, 105, 512].map((seed) => valley(seed, { each: 0 })),
  ];
  for (const world of worlds) {
    const critical = report(world).anomalies.filter((a) =>
      a.riskScore >= CRITICAL
    );
    assertEquals(critical.map((a) => a.reason), [], world.name);
  }
});

Deno.test("the window is the last seven days up to the newest activity", () => {
  const world = harbour(5, { each: 1 });
  const { window, anomalies } = report(world);
  const newest = world.activities.at(-1)!.at;
  assertEquals(window.to, newest);
  const from = +new Date(newest) - 7 * 86_400_000;
  assertEquals(+new Date(window.from!), from);
  const at = new Map(world.activities.map((a) => [a.id, +new Date(a.at)]));
  for (const a of anomalies) {
    for (const id of a.evidence) assert(at.get(id)! >= from);
  }
});
