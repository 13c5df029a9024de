/** The part of the contract that is about jobs that fail for good. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { z } from "zod";
import { NexoraError } from "../../../lib/errors.ts";
import { keys } from "../../../lib/kv/mod.ts";
import {
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  replayDeadLetters,
} from "../../../lib/queue/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { emptied, type TestOf } from "./subject.ts";

export function deadLetterContract(test: TestOf) {
  test("a failed job is tried again after its backoff, then buried, then replayed", async ({ kv, queue, clock }) => {
    const q = await queue();
    const attempts: number[] = [];
    let broken = true;
    q.handle("flaky", (job) => {
      attempts.push(job.attempt);
      return broken
        ? Promise.reject(new Error("no\nroute to host"))
        : Promise.resolve();
    });
    q.start();
    await q.enqueue({ kind: "flaky", payload: 1, maxAttempts: 3 });
    for (const n of [1, 2, 3]) {
      await waitFor(() => attempts.length === n, { what: `attempt ${n}` });
      await q.drain(5_000);
      assertEquals(attempts.length, n);
      clock.advance(1_000);
      q.ring();
    }
    await emptied(kv);
    const deps = { kv, now: clock.now, queue: q };
    const { items } = await listDeadLetters(deps);
    assertEquals(items.map((d) => [d.kind, d.attempts, d.payload]), [
      ["flaky", 3, 1],
    ]);
    assertMatch(items[0]!.lastError!, /^Error: no route to host$/);
    broken = false;
    await replayDeadLetter(deps, items[0]!.id);
    await emptied(kv);
    assertEquals(attempts, [1, 2, 3, 1]);
    assertEquals((await listDeadLetters(deps)).items, []);
    const gone = await assertRejects(
      () => replayDeadLetter(deps, items[0]!.id),
      NexoraError,
    );
    assertEquals(gone.code, "not_found");
  });

  test("a dead letter that many put back at once, on two nodes, has one effect", async ({ kv, queue, clock }) => {
    const queues = [await queue(), await queue()];
    let broken = true;
    const effects: unknown[] = [];
    for (const q of queues) {
      q.handle("once", (job) => {
        if (broken) return Promise.reject(new Error("not yet"));
        effects.push(job.payload);
        return Promise.resolve();
      });
      q.start();
    }
    for (const payload of ["plain", "unique"]) {
      const uniqueKey = payload === "unique" ? "the one" : undefined;
      await queues[0]!.enqueue({
        kind: "once",
        payload,
        maxAttempts: 1,
        ...uniqueKey && { uniqueKey },
      });
    }
    await emptied(kv);
    broken = false;
    const nodes = queues.map((q) => ({ kv, now: clock.now, queue: q }));
    const { items } = await listDeadLetters(nodes[0]!);
    assertEquals(items.length, 2);
    let replayed = 0;
    await Promise.all(Array.from({ length: 12 }, async (_, n) => {
      const deps = nodes[n % 2]!;
      if (n % 3 === 0) {
        const some = await replayDeadLetters(deps);
        replayed += some;
        return;
      }
      try {
        await replayDeadLetter(deps, items[n % 3 - 1]!.id);
        replayed++;
      } catch (error) {
        assert(error instanceof NexoraError);
        assert(["not_found", "already_exists"].includes(error.code));
      }
    }));
    assertEquals(replayed, 2);
    await emptied(kv);
    await Promise.all(queues.map((q) => q.drain(5_000)));
    assertEquals(effects.sort(), ["plain", "unique"]);
    assertEquals((await listDeadLetters(nodes[0]!)).items, []);
  });

  test("a payload that does not parse is buried at once", async ({ kv, queue, clock }) => {
    const q = await queue();
    let runs = 0;
    q.handle("strict", (job) => {
      runs++;
      z.object({ id: z.string() }).parse(job.payload);
      return Promise.resolve();
    });
    q.start();
    await q.enqueue({ kind: "strict", payload: { id: 7 } });
    await emptied(kv);
    const { items } = await listDeadLetters({ kv, now: clock.now });
    assertEquals([runs, items.length], [1, 1]);
    await discardDeadLetter({ kv }, items[0]!.id);
    assertEquals((await listDeadLetters({ kv, now: clock.now })).items, []);
  });

  test("a job that kills its worker each time is buried", async ({ kv, queue, clock }) => {
    const row = {
      id: "poison",
      kind: "poison",
      payload: null,
      attempts: 8,
      maxAttempts: 8,
      enqueuedAt: clock.now(),
      lease: { holder: "dead", until: clock.now() },
    };
    await kv.set(keys.job(clock.now(), row.id), row);
    const q = await queue();
    let runs = 0;
    q.handle("poison", () => Promise.resolve(void runs++));
    q.start();
    await emptied(kv);
    assertEquals(runs, 0);
    const { items } = await listDeadLetters({ kv, now: clock.now });
    assertEquals(items.map((item) => item.id), ["poison"]);
  });
}
