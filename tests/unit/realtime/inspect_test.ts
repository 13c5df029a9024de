import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { runs } from "../../../components/admin/Spark.tsx";
import {
  mergeUsers,
  Meter,
  quantile,
  type Report,
  sampleOf,
  USERS_SHOWN,
} from "../../../lib/realtime/inspect_report.ts";
import type { ConnectedUser } from "../../../lib/realtime/inspect_types.ts";
import { Metrics } from "../../../lib/realtime/metrics.ts";

const BOUNDS = new Metrics().lagSeconds.bounds;

function report(given: Partial<Report> = {}): Report {
  return {
    at: 0,
    expiresAt: 0,
    connections: 0,
    subscriptions: 0,
    ms: 1_000,
    publishes: 0,
    deliveries: 0,
    commits: 0,
    batched: 0,
    lag: BOUNDS.map(() => 0).concat(0),
    anonymous: 0,
    users: [],
    usersTotal: 0,
    drops: [],
    closes: [],
    races: 0,
    behind: 0,
    ...given,
  };
}

const user = (id: string, given: Partial<ConnectedUser> = {}) => ({
  id,
  handle: null,
  name: null,
  connections: 1,
  channels: 1,
  since: 100,
  ...given,
});

Deno.test("rates are of the time between two looks, and of all isolates together", () => {
  const metrics = new Metrics();
  metrics.publishes = 1_000;
  const meter = new Meter(metrics, 0);
  metrics.publishes += 30;
  metrics.batchSize.observe(10);
  metrics.batchSize.observe(20);
  const first = meter.look(2_000);
  const sample = sampleOf(
    [report(first), report({ ms: 1_000, publishes: 5, connections: 7 })],
    BOUNDS,
    2_000,
  );
  assertEquals(
    [sample.publishes, sample.batch, sample.connections],
    [15 + 5, 15, 7],
  );
  // Nothing happened since: nothing is told twice, and no figure is made up.
  const idle = sampleOf([report(meter.look(3_000))], BOUNDS, 3_000);
  assertEquals(
    [idle.publishes, idle.batch, idle.lagP50, idle.lagP99],
    [0, null, null, null],
  );
});

Deno.test("a quantile lies in the bucket of the observation that it stands for", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, q) => {
        const { lagSeconds } = new Metrics();
        for (const value of values) lagSeconds.observe(value);
        const found = quantile(BOUNDS, lagSeconds.counts, q)!;
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(q * values.length) - 1]!;
        const above = BOUNDS.findIndex((bound) => exact <= bound);
        assert(found <= BOUNDS[above]! + 1e-9);
        assert(found >= (BOUNDS[above - 1] ?? 0) - 1e-9);
      },
    ),
  );
  assertEquals(quantile([1, 2], [0, 0, 0], 0.5), null);
  assertEquals(quantile([1, 2], [0, 0, 3], 0.5), 2);
  assertAlmostEquals(quantile([1, 2], [0, 4, 0], 0.5)!, 1.5);
});

Deno.test("a person connected to two isolates is one person", () => {
  const { users, total } = mergeUsers([
    { users: [user("a"), user("b", { since: 7 })], usersTotal: 2 },
    {
      users: [user("b", { name: "Bo", handle: "bo", channels: 3 })],
      usersTotal: 4,
    },
  ]);
  assertEquals(users, [
    user("b", {
      name: "Bo",
      handle: "bo",
      connections: 2,
      channels: 4,
      since: 7,
    }),
    user("a"),
  ]);
  // Three that the second report had no room for.
  assertEquals(total, 5);
  const many = Array.from({ length: 400 }, (_, i) => user(`u${i}`));
  const cut = mergeUsers([{ users: many, usersTotal: 400 }]);
  assertEquals([cut.users.length, cut.total], [USERS_SHOWN, 400]);
});

Deno.test("a chart ends at the right and has gaps where nothing was measured", () => {
  assertEquals(runs([0, 5, null, 10], 10), [
    [[116, 40], [117, 20]],
    [[119, 0]],
  ]);
  assertEquals(runs([], 1), []);
  assertEquals(runs([null], 1), []);
});
