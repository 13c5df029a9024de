import { assert, assertEquals, assertMatch } from "@std/assert";
import { MINUTE } from "../../../lib/clock.ts";
import { keys, set } from "../../../lib/kv/mod.ts";
import {
  cancelRun,
  getRun,
  listRuns,
  RunLost,
} from "../../../jobs/runner/mod.ts";
import { codeOf } from "../../support/refusal.ts";
import { waitFor } from "../../support/wait.ts";
import { cronJob, jobWorld } from "./world.ts";

const HOUR = 60 * MINUTE;
const mark = (n: number) => keys.user(`mark${n}`);

Deno.test("a cancelled run can write nothing from that moment, and is not resumed", async () => {
  await using world = await jobWorld();
  const paused = Promise.withResolvers<void>();
  let reached = 0;
  const job = cronJob({
    async run(context) {
      await context.commit({ mutations: [set(mark(1), true)] });
      reached = 1;
      await paused.promise;
      await context.commit({ mutations: [set(mark(2), true)] });
      reached = 2;
      return {};
    },
  });
  const worker = world.runner([job]);
  const started = await worker.runNow("tally", { by: "admin" });
  await waitFor(() => reached === 1, { what: "the first step" });
  const cancelled = await cancelRun(world, "tally", started.run.id, "admin");
  assertEquals(cancelled.status, "cancelled");
  paused.resolve();
  assertEquals((await started.ended).status, "cancelled");
  assertEquals(reached, 1);
  assertEquals((await world.kv.get(mark(2))).value, null);
  world.clock.advance(HOUR);
  await worker.supervise();
  assertEquals(
    await codeOf(cancelRun(world, "tally", started.run.id, "admin")),
    "illegal_transition",
  );
  const run = await getRun(world, "tally", started.run.id);
  assertEquals(run!.status, "cancelled");
  assertMatch(run!.logs.at(-1)!.text, /Cancelled by admin/);
});

Deno.test("a heartbeat tells a run that it was cancelled", async () => {
  await using world = await jobWorld();
  let reason: unknown;
  const job = cronJob({
    run: ({ signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => {
          reason = signal.reason;
          reject(signal.reason);
        })
      ),
  });
  const worker = world.runner([job]);
  const started = await worker.runNow("tally");
  await cancelRun(world, "tally", started.run.id, "admin");
  worker.beat();
  assertEquals((await started.ended).status, "cancelled");
  assert(reason instanceof RunLost);
});

Deno.test("a dry run writes nothing and does not take the slot", async () => {
  await using world = await jobWorld();
  const job = cronJob({
    async run(context) {
      const ok = await context.commit({ mutations: [set(mark(1), 1)] }, "half");
      return { ok, dry: context.dryRun };
    },
  });
  const worker = world.runner([job]);
  const dry = await (await worker.runNow("tally", { dryRun: true })).ended;
  assertEquals([dry.status, dry.stats, dry.dryRun], [
    "succeeded",
    { ok: true, dry: true },
    true,
  ]);
  assertEquals((await world.kv.get(mark(1))).value, null);
  const real = await worker.runCurrent("tally", { trigger: "http" });
  assertEquals(real.stats, { ok: true, dry: false });
  assertEquals((await world.kv.get(mark(1))).value, 1);
});

Deno.test("a worker that shuts down hands its run over at once", async () => {
  await using world = await jobWorld();
  const seen: unknown[] = [];
  const job = cronJob({
    async run(context) {
      seen.push(context.checkpoint);
      if (context.checkpoint === null) {
        await context.commit({}, { step: 1 });
        await new Promise((_, reject) =>
          context.signal.addEventListener(
            "abort",
            () => reject(context.signal.reason),
          )
        );
      }
      return {};
    },
  });
  const leaving = world.runner([job]);
  const interrupted = leaving.runCurrent("tally", { trigger: "cron" });
  await waitFor(
    async () => {
      const { items: [run] } = await listRuns(world, "tally");
      return run &&
        (await world.kv.get(keys.cronCheckpoint("tally", run.id))).value;
    },
    { what: "the checkpoint" },
  );
  await leaving.stop();
  assertEquals((await interrupted).status, "waiting");
  await world.runner([job]).supervise();
  assertEquals(seen, [null, { step: 1 }]);
  const { items: [run] } = await listRuns(world, "tally");
  assertEquals([run!.status, run!.failures], ["succeeded", 0]);
  assertEquals(
    (await world.kv.get(keys.cronCheckpoint("tally", run!.id))).value,
    null,
  );
});
