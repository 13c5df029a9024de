/** What every kind of doorbell must hold to. Imported by one test file a kind. */
import { assertEquals, assertRejects } from "@std/assert";
import { z } from "zod";
import { NexoraError } from "../../../lib/errors.ts";
import { apply, keys, set } from "../../../lib/kv/mod.ts";
import { type Job, readBacklog } from "../../../lib/queue/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { deadLetterContract } from "./dead_letters.ts";
import {
  emptied,
  makeWorld,
  rows,
  type Subject,
  type TestOf,
} from "./subject.ts";

export function queueContract(subject: Subject) {
  const test: TestOf = (behaviour, fn) =>
    Deno.test(`${subject.name}: ${behaviour}`, async () => {
      await using world = await makeWorld(subject);
      await fn(world);
    });

  deadLetterContract(test);

  test("a job is there if and only if its change is", async ({ kv, queue }) => {
    const q = await queue();
    const ran: unknown[] = [];
    q.handle("greet", (job) => {
      ran.push(job.payload);
      return Promise.resolve();
    });
    const subjectKey = keys.user("u1");
    await kv.set(subjectKey, "taken");
    const refused = q.plan([{ kind: "greet", payload: "refused" }]);
    const lost = await apply(kv.atomic(), {
      checks: [...refused.checks, { key: subjectKey, versionstamp: null }],
      mutations: refused.mutations,
    }).commit();
    assertEquals(lost.ok, false);
    const accepted = q.plan([{ kind: "greet", payload: "accepted" }]);
    await apply(kv.atomic(), {
      checks: accepted.checks,
      mutations: [...accepted.mutations, set(subjectKey, "changed")],
    }).commit();
    q.start();
    q.ring();
    await waitFor(() => ran.length > 0, { what: "the job" });
    await emptied(kv);
    assertEquals(ran, ["accepted"]);
  });

  test("an idle worker of another isolate hears the bell", async ({ kv, queue }) => {
    const worker = await queue();
    const ran: Job[] = [];
    worker.handle("greet", (job) => {
      ran.push(job);
      return Promise.resolve();
    });
    worker.start();
    const producer = await queue();
    await producer.enqueue({ kind: "greet", payload: { to: "you" } });
    await waitFor(() => ran.length === 1, { what: "the job", timeout: 5_000 });
    assertEquals(ran[0]!.payload, { to: "you" });
    assertEquals(ran[0]!.attempt, 1);
    await emptied(kv);
  });

  test("many jobs in several isolates each run once", async ({ kv, queue }) => {
    const counts = new Map<number, number>();
    const N = 400;
    const workers = await Promise.all([queue(), queue(), queue()]);
    for (const worker of workers) {
      worker.handle("count", async (job) => {
        const n = z.number().parse(job.payload);
        counts.set(n, (counts.get(n) ?? 0) + 1);
        await Promise.resolve();
      });
      worker.start();
    }
    await Promise.all(workers.map((worker, w) =>
      worker.enqueue(
        ...Array.from({ length: N / 4 }, (_, i) => ({
          kind: "count",
          payload: w * (N / 4) + i,
        })),
      )
    ));
    await waitFor(() => counts.size === N * 3 / 4, { what: "all jobs" });
    await emptied(kv);
    assertEquals([...counts.values()].filter((n) => n !== 1), []);
  });

  test("a delayed job waits for its time", async ({ kv, queue, clock }) => {
    const q = await queue();
    const ran: unknown[] = [];
    q.handle("later", (job) => Promise.resolve(void ran.push(job.payload)));
    q.start();
    await q.enqueue(
      { kind: "later", payload: "in an hour", delay: 3_600_000 },
      { kind: "later", payload: "now" },
    );
    await waitFor(() => ran.length === 1, { what: "the undelayed job" });
    clock.advance(3_599_999);
    q.ring();
    await q.drain(5_000);
    assertEquals(ran, ["now"]);
    assertEquals((await readBacklog({ kv, now: clock.now })).scheduled, 1);
    clock.advance(1);
    q.ring();
    await waitFor(() => ran.length === 2, { what: "the delayed job" });
    assertEquals(ran, ["now", "in an hour"]);
  });

  test("at most one job of a unique key waits or runs", async ({ kv, queue }) => {
    const q = await queue();
    let runs = 0;
    let release = () => {};
    const gate = new Promise<void>((resolve) => release = resolve);
    q.handle("digest", () => {
      runs++;
      return gate;
    });
    const job = { kind: "digest", payload: null, uniqueKey: "digest:u1" };
    await Promise.all([q.enqueue(job), q.enqueue(job), q.enqueue(job, job)]);
    assertEquals(await rows(kv, keys.jobs()), 1);
    q.start();
    await waitFor(() => runs === 1, { what: "the job to run" });
    await q.enqueue(job);
    assertEquals(await rows(kv, keys.jobs()), 1);
    const planned = q.plan([job]);
    const refused = await apply(kv.atomic(), planned).commit();
    assertEquals(refused.ok, false);
    assertEquals((await q.planNew([job])).mutations, []);
    release();
    await emptied(kv);
    await q.enqueue(job);
    await waitFor(() => runs === 2, { what: "the job after that" });
    await emptied(kv);
    assertEquals(await rows(kv, ["jobsUnique"]), 0);
  });

  test("the job of a silent worker passes to another, and its signal aborts", async ({ kv, queue, clock }) => {
    const started: number[] = [];
    const aborted = Promise.withResolvers<void>();
    const stopped = clock.now();
    // Its clock stands still: to everyone else, the leases that it renews ended long ago.
    const silent = await queue({ lease: 300, now: () => stopped });
    silent.handle("long", (job, signal) => {
      started.push(job.attempt);
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => {
          aborted.resolve();
          reject(signal.reason);
        })
      );
    });
    silent.start();
    await silent.enqueue({ kind: "long", payload: 0, uniqueKey: "long" });
    await waitFor(() => started.length === 1, { what: "the first attempt" });
    clock.advance(301);
    const finish = Promise.withResolvers<void>();
    const heir = await queue();
    heir.handle("long", (job) => {
      started.push(job.attempt);
      return finish.promise;
    });
    heir.start();
    await waitFor(() => started.length === 2, { what: "the second attempt" });
    await aborted.promise;
    await silent.stop();
    // The silent worker's failure must not touch the row of the heir.
    assertEquals(await rows(kv, keys.jobs()), 1);
    assertEquals(await rows(kv, ["jobsUnique"]), 1);
    finish.resolve();
    await emptied(kv);
    assertEquals(await rows(kv, ["jobsUnique"]), 0);
    assertEquals(started, [1, 2]);
  });

  test("jobs of another deployment's kinds are left alone and do not block", async ({ kv, queue, clock }) => {
    const q = await queue();
    await q.enqueue(
      ...Array.from({ length: 150 }, () => ({ kind: "unknown", payload: 0 })),
    );
    clock.advance(1);
    let runs = 0;
    q.handle("known", () => Promise.resolve(void runs++));
    q.start();
    await q.enqueue({ kind: "known", payload: 0 });
    await waitFor(() => runs === 1, { what: "the known job" });
    await q.drain(5_000);
    assertEquals(await rows(kv, keys.jobs()), 150);
  });

  test("stopping waits for what runs and claims no more", async ({ kv, queue }) => {
    const q = await queue({ concurrency: 2 });
    const gate = Promise.withResolvers<void>();
    let ended = 0;
    q.handle("slow", async () => {
      await gate.promise;
      ended++;
    });
    q.start();
    await q.enqueue(
      ...Array.from({ length: 5 }, () => ({ kind: "slow", payload: 0 })),
    );
    await waitFor(() => q.stats.running === 2, { what: "two to run" });
    const stopping = q.stop();
    gate.resolve();
    await stopping;
    assertEquals(ended, 2);
    assertEquals(await rows(kv, keys.jobs()), 3);
  });

  test("a payload over 48 KiB is refused before anything is written", async ({ kv, queue }) => {
    const q = await queue();
    for (const payload of ["x".repeat(49_200), "ж".repeat(25_000)]) {
      const error = await assertRejects(
        () => q.enqueue({ kind: "fat", payload }),
        NexoraError,
      );
      assertEquals(error.code, "too_large");
    }
    await q.enqueue({ kind: "fat", payload: "ж".repeat(24_000) });
    assertEquals(await rows(kv, keys.jobs()), 1);
  });
}
