import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { MINUTE, SECOND } from "../../../lib/clock.ts";
import { keys, set } from "../../../lib/kv/mod.ts";
import { getRun, listRuns, RunLost } from "../../../jobs/runner/mod.ts";
import { codeOf } from "../../support/refusal.ts";
import { waitFor } from "../../support/wait.ts";
import { cronJob, jobWorld } from "./world.ts";

const HOUR = 60 * MINUTE;
const mark = (n: number) => keys.user(`mark${n}`);

Deno.test("of many workers and triggers one runs a slot, all learn of it", async () => {
  await using world = await jobWorld();
  let runs = 0;
  const job = cronJob({
    async run(context) {
      runs++;
      await context.commit({ mutations: [set(mark(1), runs)] });
      return { marked: 1 };
    },
  });
  const workers = Array.from({ length: 5 }, () => world.runner([job]));
  const answers = await Promise.allSettled(
    workers.map((w, i) =>
      w.runCurrent("tally", { trigger: i % 2 ? "cron" : "http" })
    ),
  );
  assertEquals(runs, 1);
  for (const answer of answers) {
    if (answer.status === "rejected") {
      assertEquals(answer.reason.code, "already_running");
    } else assertEquals(answer.value.status, "succeeded");
  }
  const again = await workers[3]!.runCurrent("tally", { trigger: "http" });
  assertEquals(again.slot, "2026-08-15T12:00:00.000Z");
  assertEquals(again.stats, { marked: 1 });
  assertEquals(runs, 1);
  world.clock.advance(HOUR);
  await workers[0]!.runCurrent("tally", { trigger: "cron" });
  assertEquals(runs, 2);
  const { items } = await listRuns(world, "tally");
  assertEquals(items.map((r) => r.slot.slice(11, 16)), ["13:00", "12:00"]);
});

Deno.test("a worker that fell silent is replaced, goes on from the checkpoint, and its own writes fail", async () => {
  await using world = await jobWorld();
  const paused = Promise.withResolvers<void>();
  let zombie: Promise<unknown> | undefined;
  const seen: unknown[] = [];
  const job = cronJob({
    async run(context) {
      seen.push(context.checkpoint);
      if (context.checkpoint === null) {
        await context.commit({ mutations: [set(mark(1), context.attempt)] }, {
          done: 1,
        });
        await paused.promise;
        zombie = context.commit({ mutations: [set(mark(2), "zombie")] });
        await zombie;
      }
      await context.commit({ mutations: [set(mark(2), context.attempt)] }, {
        done: 2,
      });
      return {};
    },
  });
  const first = world.runner([job]);
  const other = world.runner([job]);
  const silent = first.runCurrent("tally", { trigger: "cron" });
  await waitFor(async () => (await world.kv.get(mark(1))).value, {
    what: "the first step",
  });
  await other.supervise();
  assertEquals(seen, [null]);
  world.clock.advance(30 * SECOND);
  await other.supervise();
  assertEquals(seen, [null, { done: 1 }]);
  const { items: [run] } = await listRuns(world, "tally");
  assertEquals([run!.status, run!.attempts], ["succeeded", 2]);
  assertEquals((await world.kv.get(mark(1))).value, 1);
  assertEquals((await world.kv.get(mark(2))).value, 2);
  paused.resolve();
  assertEquals((await silent).status, "succeeded");
  await assertRejects(() => zombie!, RunLost);
  assertEquals((await world.kv.get(mark(2))).value, 2);
});

Deno.test("heartbeats keep a long run alive and show how far it is", async () => {
  await using world = await jobWorld();
  const paused = Promise.withResolvers<void>();
  let runs = 0;
  const job = cronJob({
    async run(context) {
      runs++;
      context.log("Half of it");
      context.progress(5, 10);
      await paused.promise;
      return {};
    },
  });
  const worker = world.runner([job]);
  const running = worker.runCurrent("tally", { trigger: "cron" });
  await waitFor(() => runs === 1, { what: "the run" });
  for (let i = 0; i < 3; i++) {
    world.clock.advance(20 * SECOND);
    worker.beat();
    await waitFor(async () => {
      const row = await world.kv.get<{ until: number }>(
        keys.cronLease("tally", "job"),
      );
      return row.value!.until === world.now() + 30 * SECOND;
    }, { what: "the lease to be renewed" });
    await world.runner([job]).supervise();
  }
  const { items: [live] } = await listRuns(world, "tally");
  assertEquals(live!.progress, { done: 5, total: 10 });
  assertEquals(live!.logs.map((line) => line.text), ["Half of it"]);
  assertEquals(
    await codeOf(world.runner([job]).runCurrent("tally", { trigger: "http" })),
    "already_running",
  );
  paused.resolve();
  assertEquals((await running).status, "succeeded");
  assertEquals(runs, 1);
});

Deno.test("a failed attempt is retried after its delay; too many fail the slot for good", async () => {
  await using world = await jobWorld();
  let runs = 0;
  let healsAt = 2;
  const job = cronJob({
    run() {
      return ++runs < healsAt
        ? Promise.reject(new Error("The printer is on fire"))
        : Promise.resolve({ runs });
    },
  });
  const worker = world.runner([job]);
  const first = await worker.runCurrent("tally", { trigger: "cron" });
  assertEquals(first.status, "waiting");
  assertEquals(first.retryAt, world.now() + MINUTE);
  assertMatch(first.error!, /on fire/);
  world.clock.advance(MINUTE - 1);
  await worker.supervise();
  assertEquals(runs, 1);
  world.clock.advance(1);
  await worker.supervise();
  const healed = await getRun(world, "tally", first.id);
  assertEquals([healed!.status, healed!.attempts, healed!.error], [
    "succeeded",
    2,
    undefined,
  ]);
  healsAt = Infinity;
  world.clock.advance(HOUR);
  const second = await worker.runCurrent("tally", { trigger: "cron" });
  for (let i = 0; i < 5; i++) {
    world.clock.advance(MINUTE);
    await worker.supervise();
  }
  const failed = await getRun(world, "tally", second.id);
  assertEquals([failed!.status, failed!.attempts], ["failed", 3]);
  assertEquals(
    (await worker.runCurrent("tally", { trigger: "http" })).id,
    second.id,
  );
});

Deno.test("missed slots are caught up in order, within the window, and not from before the job was known", async () => {
  await using world = await jobWorld();
  const slots: string[] = [];
  const asOf: number[] = [];
  const job = cronJob({
    catchUp: 4 * HOUR,
    run(context) {
      slots.push(context.slot.key.slice(11, 16));
      asOf.push(context.asOf - context.slot.at);
      return Promise.resolve({});
    },
  });
  const worker = world.runner([job]);
  await worker.supervise();
  assertEquals(slots, []);
  world.clock.advance(2 * HOUR + MINUTE);
  await worker.supervise();
  assertEquals(slots, ["13:00", "14:00"]);
  world.clock.advance(10 * HOUR);
  await worker.supervise();
  await worker.supervise();
  assertEquals(slots.slice(2), ["21:00", "22:00", "23:00", "00:00"]);
  // A slot that is caught up speaks of its own time, not of the present.
  assertEquals(asOf, [HOUR, MINUTE, HOUR, HOUR, HOUR, MINUTE]);
});

Deno.test("a slot that comes during a run waits, is skipped, or runs as well", async () => {
  for (const overlap of ["wait", "skip", "parallel"] as const) {
    await using world = await jobWorld();
    const gates: (() => void)[] = [];
    const job = cronJob({
      overlap,
      run: () => new Promise((resolve) => gates.push(() => resolve({}))),
    });
    const worker = world.runner([job]);
    await worker.supervise();
    world.clock.advance(HOUR);
    const first = worker.runCurrent("tally", { trigger: "cron" });
    await waitFor(() => gates.length === 1, { what: "the first run" });
    world.clock.advance(HOUR);
    worker.beat();
    await waitFor(async () => {
      const { items: [run] } = await listRuns(world, "tally");
      const scope = overlap === "parallel" ? run!.slot : "job";
      const row = await world.kv.get<{ until: number }>(
        keys.cronLease("tally", scope),
      );
      return row.value!.until > world.now();
    }, { what: "the heartbeat" });
    const second = worker.runCurrent("tally", { trigger: "cron" });
    if (overlap === "wait") {
      assertEquals(await codeOf(second), "already_running");
      gates[0]!();
      await first;
      const supervised = worker.supervise();
      await waitFor(() => gates.length === 2, { what: "the second run" });
      gates[1]!();
      await supervised;
    } else if (overlap === "skip") {
      assertEquals((await second).status, "skipped");
      gates[0]!();
      await first;
      await worker.supervise();
      assertEquals(gates.length, 1);
    } else {
      await waitFor(() => gates.length === 2, { what: "both to run" });
      gates.forEach((open) => open());
      await Promise.all([first, second]);
    }
    const { items } = await listRuns(world, "tally");
    assertEquals(
      items.map((run) => run.status).sort(),
      overlap === "skip"
        ? ["skipped", "succeeded"]
        : ["succeeded", "succeeded"],
    );
  }
});
