import { assertEquals } from "@std/assert";
import { HOUR, MINUTE } from "../../../lib/clock.ts";
import { keys, set, unchanged } from "../../../lib/kv/mod.ts";
import type { CronJob, Runner } from "../../../jobs/runner/mod.ts";
import { cronJob, jobWorld } from "./world.ts";
import { KillableKv } from "./killable_kv.ts";

/** A seeded generator (mulberry32), so that a failure can be seen again. */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const JOBS = 20;
const SLOTS = 500;
const JUMPS = SLOTS / 10;
const STEPS = 2;
const NODES = 5;

Deno.test(`${JOBS * SLOTS} slots on ${NODES} nodes that are killed at random: each step of each slot has one effect`, async () => {
  await using world = await jobWorld();
  const random = seeded(20_260_815);
  const effect = (job: string, slot: string, step: number) =>
    keys.user(`effect ${job} ${slot} ${step}`);

  const jobs = Array.from({ length: JOBS }, (_, i): CronJob => {
    const name = `job-${i}`;
    return cronJob({
      name,
      catchUp: 1_000 * HOUR,
      attempts: 5,
      async run(context) {
        const done = (context.checkpoint as number | null) ?? 0;
        for (let step = done; step < STEPS; step++) {
          const key = effect(name, context.slot.key, step);
          const before = await world.kv.get<number>(key);
          // Not idempotent on purpose: a second effect would show.
          await context.commit({
            checks: [unchanged(before)],
            mutations: [set(key, (before.value ?? 0) + 1)],
          }, step + 1);
        }
        return { steps: STEPS };
      },
    });
  });

  let kills = 0;
  const node = () => {
    const killable = new KillableKv(world.kv, () => {
      if (random() > 0.002) return "no";
      kills++;
      return random() < 0.5 ? "before" : "after";
    });
    return { killable, runner: world.runner(jobs, { kv: killable.view }) };
  };
  const nodes = Array.from({ length: NODES }, node);
  await world.runner(jobs).supervise();

  const unfinished = new Set(jobs.map((job) => job.name));
  for (let hour = 0; unfinished.size > 0; hour++) {
    // Time passes in jumps, so that there is something to catch up with; then in minutes, so that leases end.
    world.clock.advance(hour < JUMPS ? 10 * HOUR : MINUTE);
    await Promise.all(nodes.map((each, i) =>
      untilDead(each, () => {
        nodes[i] = node();
      })
    ));
    if (hour < JUMPS) continue;
    for (const name of unfinished) {
      const leases = world.kv.list({ prefix: keys.cronLeases(name) });
      if (!(await leases.next()).done) continue;
      if (await count(keys.cronSlots(name)) >= SLOTS) unfinished.delete(name);
    }
    if (hour > 500) throw new Error(`${[...unfinished]} never finish`);
  }

  let slots = 0;
  for (const { name } of jobs) slots += await count(keys.cronSlots(name));
  assertEquals(slots >= JOBS * SLOTS, true);
  const effects: number[] = [];
  for await (const { value } of world.kv.list<number>({ prefix: ["users"] })) {
    effects.push(value);
  }
  assertEquals(effects.length, slots * STEPS);
  assertEquals(effects.filter((n) => n !== 1), []);
  assertEquals(kills > 50, true, `only ${kills} kills`);

  async function count(prefix: Deno.KvKey): Promise<number> {
    let n = 0;
    for await (const _ of world.kv.list({ prefix }, { batchSize: 500 })) n++;
    return n;
  }

  /** A dead node's `supervise` never returns. */
  async function untilDead(
    { killable, runner }: { killable: KillableKv; runner: Runner },
    replace: () => void,
  ) {
    let ended = false;
    const work = runner.supervise().then(() => ended = true);
    while (!ended && !killable.dead) {
      await Promise.race([work, new Promise((r) => setTimeout(r, 1))]);
    }
    if (!ended) replace();
  }
});
