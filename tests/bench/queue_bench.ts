/**
 * The queue on one isolate: jobs a second from committed rows to finished handlers, and the time from a commit to its
 * handler's start. Run: deno run -A tests/bench/queue_bench.ts (pin it with `taskset -c 0` to see one core).
 */
import { monotonicFactory } from "ulid";
import { createQueue } from "../../lib/queue/mod.ts";

const newId = monotonicFactory();

async function throughput(kv: Deno.Kv, n: number, native: boolean) {
  const queue = createQueue({ kv, now: Date.now, newId, native });
  let ran = 0;
  const done = Promise.withResolvers<void>();
  queue.handle("count", () => {
    if (++ran === n) done.resolve();
    return Promise.resolve();
  });
  const jobs = Array.from({ length: n }, (_, i) => ({
    kind: "count",
    payload: { i, text: "a payload of a hundred bytes or so".repeat(3) },
  }));
  const t0 = performance.now();
  await queue.enqueue(...jobs);
  const t1 = performance.now();
  queue.start();
  await done.promise;
  await queue.drain(10_000);
  const t2 = performance.now();
  await queue.stop();
  return { enqueue: n / (t1 - t0) * 1e3, run: n / (t2 - t1) * 1e3 };
}

async function latency(kv: Deno.Kv, n: number, native: boolean) {
  const queue = createQueue({ kv, now: Date.now, newId, native });
  const samples: number[] = [];
  let committed = 0;
  let started = Promise.withResolvers<void>();
  queue.handle("ping", () => {
    samples.push(performance.now() - committed);
    started.resolve();
    return Promise.resolve();
  });
  queue.start();
  await queue.drain(1_000);
  for (let i = 0; i < n; i++) {
    started = Promise.withResolvers<void>();
    const plan = queue.plan([{ kind: "ping", payload: i }]);
    const atomic = kv.atomic();
    for (const m of plan.mutations) {
      if (m.type === "set") atomic.set(m.key, m.value);
    }
    await atomic.commit();
    committed = performance.now();
    queue.ring();
    await started.promise;
  }
  await queue.stop();
  samples.sort((a, b) => a - b);
  return {
    p50: samples[Math.floor(n * 0.5)]!,
    p99: samples[Math.floor(n * 0.99)]!,
  };
}

const rows = [];
for (const native of [true, false]) {
  const dir = await Deno.makeTempDir();
  const kv = await Deno.openKv(`${dir}/queue.db`);
  const t = await throughput(kv, 10_000, native);
  const l = await latency(kv, 500, native);
  rows.push({
    doorbell: native ? "native" : "watch",
    "enqueued/s": Math.round(t.enqueue),
    "run/s": Math.round(t.run),
    "commit → handler p50 ms": +l.p50.toFixed(2),
    "p99 ms": +l.p99.toFixed(2),
  });
  kv.close();
  await Deno.remove(dir, { recursive: true });
}
console.table(rows);
Deno.exit(0);
