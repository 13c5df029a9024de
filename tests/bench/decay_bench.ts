/**
 * Trust decay of 100,000 users who are all due for it, on the real event log and a SQLite file.
 * Run: taskset -c 0 deno run -A tests/bench/decay_bench.ts [users]
 */
import { monotonicFactory } from "ulid";
import { DAY } from "../../lib/clock.ts";
import { apply, keys, openStore, set } from "../../lib/kv/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import { newUser } from "../../lib/users/mod.ts";
import { Runner } from "../../jobs/runner/mod.ts";
import { trustDecayJob } from "../../jobs/trust_decay/mod.ts";

const N = Number(Deno.args[0] ?? 100_000);
const dir = await Deno.makeTempDir();
const store = await openStore(`${dir}/decay.db`);
let now = Date.UTC(2026, 10, 22);
const log = new KvEventLog({ store, now: () => now, retention: 120_000 });
await log.open();
const newId = monotonicFactory();
const queue = createQueue({ kv: store.kv, now: () => now, newId });
for (let from = 0; from < N; from += 500) {
  const mutations = Array.from({ length: Math.min(500, N - from) }, (_, i) => {
    const id = `user${String(from + i).padStart(7, "0")}`;
    return set(
      keys.user(id),
      newUser({
        id,
        handle: id,
        name: `User ${from + i}`,
        email: `${id}@example.org`,
        createdAt: now - 400 * DAY,
        lastActiveAt: now - (31 + i % 60) * DAY,
        trust: 520 + i % 480,
        skills: ["typescript", "design"],
        bio: "A sentence or two about what somebody does and likes to do.",
      }),
    );
  });
  await apply(store.kv.atomic(), { mutations }).commit();
}

const rows = [];
for (const run of ["all due", "rerun", "a week later"]) {
  if (run === "a week later") now += 7 * DAY;
  const runner = new Runner(
    { kv: store.kv, now: () => now, newId, log },
    [trustDecayJob({ kv: store.kv, newId, queue, remote: false })],
  );
  const cpu = cpuSeconds();
  const started = performance.now();
  const { ended } = await runner.runNow("trust-decay");
  const { stats, status } = await ended;
  rows.push({
    run,
    status,
    users: stats?.looked,
    decayed: stats?.decayed,
    points: stats?.points,
    seconds: +((performance.now() - started) / 1e3).toFixed(2),
    "CPU s": +(cpuSeconds() - cpu).toFixed(2),
    "RSS MB": Math.round(Deno.memoryUsage().rss / 1e6),
  });
}
console.table(rows);
await log.close();
store.close();
await Deno.remove(dir, { recursive: true });

/** User and system time of this process. */
function cpuSeconds(): number {
  const fields = Deno.readTextFileSync("/proc/self/stat").split(") ")[1]!
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
