/** Takeovers, cancellations, missed, due and manual runs at the same time, in whatever order the store sees their calls. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { HOUR, MINUTE, SECOND } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  cancelRun,
  listRuns,
  type RunContext,
} from "../../../jobs/runner/mod.ts";
import { cronJob, jobWorld } from "./world.ts";

const STEPS = 3;
const RUNS = { numRuns: 60 };

/** A view of the store whose calls happen in the order that `scheduler` chooses. */
function scheduled(kv: Deno.Kv, scheduler: fc.Scheduler): Deno.Kv {
  const turn = () => scheduler.schedule(Promise.resolve());
  const view = {
    get: (key: Deno.KvKey) => turn().then(() => kv.get(key)),
    getMany: (many: Deno.KvKey[]) => turn().then(() => kv.getMany(many)),
    list: kv.list.bind(kv),
    atomic: () => {
      const atomic = kv.atomic();
      const commit = atomic.commit.bind(atomic);
      atomic.commit = () => turn().then(commit);
      return atomic;
    },
  };
  return view as unknown as Deno.Kv;
}

const effect = (slot: string, step: number) => ["effect", slot, step];

/** Commits `STEPS` effects under checkpoints; one that is there already would be counted twice. */
async function threeSteps(context: RunContext, kv: Deno.Kv) {
  const from = context.checkpoint as number | null ?? 0;
  for (let step = from; step < STEPS; step++) {
    const key = effect(context.slot.key, step);
    const { value } = await kv.get<number>(key);
    await context.commit({
      mutations: [{ type: "set", key, value: (value ?? 0) + 1 }],
    }, step + 1);
  }
  return {};
}

async function effects(kv: Deno.Kv): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for await (const { key, value } of kv.list<number>({ prefix: ["effect"] })) {
    const slot = key[1] as string;
    found.set(slot, [...found.get(slot) ?? [], value]);
  }
  return found;
}

/** A refusal that says that another is at it is none. */
async function unlessBusy(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof NexoraError)) throw error;
    assert(["already_running", "illegal_transition"].includes(error.code));
  }
}

Deno.test("a run that is cancelled while another takes it over writes nothing from then on", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      await using world = await jobWorld();
      const silent = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const slow = world.runner([cronJob({
        async run(context) {
          await context.commit({
            mutations: [{
              type: "set",
              key: effect(context.slot.key, 0),
              value: 1,
            }],
          }, 1);
          reached.resolve();
          await silent.promise;
          return await threeSteps({ ...context, checkpoint: 1 }, world.kv);
        },
      })]);
      const started = await slow.runNow("tally");
      await reached.promise;
      world.clock.advance(31 * SECOND);

      const view = scheduled(world.kv, scheduler);
      const heirs = [1, 2].map(() =>
        world.runner([cronJob({ run: (c) => threeSteps(c, view) })], {
          kv: view,
        })
      );
      let atCancel: Map<string, number[]> | undefined;
      const admin = { kv: view, now: world.now };
      const cancelling = cancelRun(admin, "tally", started.run.id, "admin")
        .then(async () => atCancel = await effects(world.kv));
      silent.resolve();
      await scheduler.waitFor(Promise.all([
        unlessBusy(cancelling),
        ...heirs.map((heir) => heir.supervise()),
        started.ended,
      ]));
      world.clock.advance(5 * MINUTE);
      await world.runner([cronJob({ run: (c) => threeSteps(c, world.kv) })])
        .supervise();

      const done = (await effects(world.kv)).get(started.run.slot)!;
      assert(done.every((times) => times === 1), `Twice: ${done}`);
      const { items: [run] } = await listRuns(world, "tally");
      seen.add(run!.status);
      if (atCancel) {
        assertEquals(run!.status, "cancelled");
        assertEquals(done, atCancel.get(started.run.slot));
      } else {
        assertEquals([run!.status, done.length], ["succeeded", STEPS]);
      }
    }),
    RUNS,
  );
  assert(seen.has("cancelled"));
});

Deno.test("slots that were missed, the one that is due and a run by hand come at once: each has its effects once", async () => {
  for (const overlap of ["wait", "skip", "parallel"] as const) {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 0, max: 3 }),
        async (scheduler, missed) => {
          await using world = await jobWorld();
          const view = scheduled(world.kv, scheduler);
          let running = 0;
          const job = cronJob({
            overlap,
            async run(context) {
              running++;
              try {
                assert(overlap === "parallel" || running === 1, "Two at once");
                return await threeSteps(context, view);
              } finally {
                running--;
              }
            },
          });
          const nodes = [1, 2].map(() => world.runner([job], { kv: view }));
          // The job is known from now on; its slots are the full hours.
          await world.runner([job]).supervise();
          world.clock.advance((missed + 1) * HOUR);
          const due = (node: number) =>
            nodes[node]!.runCurrent("tally", { trigger: "cron" });
          const byHand = (node: number) =>
            nodes[node]!.runNow("tally", { by: "admin" }).then((started) =>
              started.ended
            );
          await scheduler.waitFor(Promise.all([
            nodes[0]!.supervise(),
            unlessBusy(due(1)),
            unlessBusy(byHand(0)),
            unlessBusy(due(0)),
            unlessBusy(byHand(1)),
            nodes[1]!.supervise(),
          ]));
          const last = world.runner([
            cronJob({ overlap, run: (c) => threeSteps(c, world.kv) }),
          ]);
          for (let round = 0; round < 2; round++) await last.supervise();

          const found = await effects(world.kv);
          const { items } = await listRuns(world, "tally", { limit: 100 });
          for (const run of items) {
            const once = run.status === "skipped" ? undefined : [1, 1, 1];
            assertEquals(found.get(run.slot), once, run.slot);
          }
          assert(
            overlap === "skip" ||
              items.every((run) => run.status === "succeeded"),
          );
          const slots = items.map((run) => run.slot);
          assertEquals(new Set(slots).size, slots.length);
          const hours = slots.filter((slot) => !slot.startsWith("manual"));
          assertEquals(hours.length, missed + 1);
        },
      ),
      RUNS,
    );
  }
});
