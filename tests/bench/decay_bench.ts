/**
 * Trust decay of 100,000 users who are all due for it, on the real event log and a SQLite file. The peer, in the same
 * run, is the least that any implementation on KV has to do: read every user and write each anew under a check.
 * Run: taskset -c 0 deno run -A tests/bench/decay_bench.ts [users]
 */
import { monotonicFactory } from "ulid";
import { DAY } from "../../lib/clock.ts";
import { apply, keys, openStore, set, unchanged } from "../../lib/kv/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import {
  type Absence,
  newUser,
  type User,
  withLoss,
} from "../../lib/users/mod.ts";
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
const rows: Record<string, unknown>[] = [];

await seed();
const bare = await measured("bare loop of kv", bareLoop);
await seed();
const ours = await measured("all due", decay);
await measured("rerun", decay);
now += 7 * DAY;
await measured("a week later", decay);
await seed(26);
await measured("all due, half a year of losses each", decay);
console.table(rows);
console.log(
  `Ours is ${(ours.cpu / bare.cpu).toFixed(2)} × the bare loop's CPU, ${
    (ours.wall / bare.wall).toFixed(2)
  } × its time`,
);
await log.close();
store.close();
await Deno.remove(dir, { recursive: true });

/** Everybody as they are when the decay comes, with so many earlier losses. */
async function seed(losses = 0): Promise<void> {
  for (let from = 0; from < N; from += 500) {
    const size = Math.min(500, N - from);
    const mutations = Array.from({ length: size }, (_, i) => {
      const user = person(from + i, losses);
      return set(keys.user(user.id), user);
    });
    await apply(store.kv.atomic(), { mutations }).commit();
  }
}

function person(i: number, losses: number): User {
  const id = `user${String(i).padStart(7, "0")}`;
  const trust = 520 + i % 480;
  let absence: Absence | undefined;
  for (let ago = losses; ago > 0; ago--) {
    const at = now - ago * 7 * DAY;
    const from = Math.min(1_000, trust + ago * 7);
    absence = withLoss(absence, at, { at, from, to: from - 7 });
  }
  return newUser({
    id,
    handle: id,
    name: `User ${i}`,
    email: `${id}@example.org`,
    createdAt: now - 400 * DAY,
    lastActiveAt: now - (31 + losses * 7 + i % 60) * DAY,
    trust,
    skills: ["typescript", "design"],
    bio: "A sentence or two about what somebody does and likes to do.",
    ...absence && { absence },
  });
}

async function decay() {
  const runner = new Runner(
    { kv: store.kv, now: () => now, newId, log },
    [trustDecayJob({ kv: store.kv, newId, queue, remote: false })],
  );
  const { ended } = await runner.runNow("trust-decay");
  const { stats, status } = await ended;
  return { status, ...stats };
}

async function bareLoop() {
  let atomic = store.kv.atomic();
  let waiting = 0;
  let decayed = 0;
  const commit = async () => {
    if (!(await atomic.commit()).ok) throw new Error("Overtaken by nobody");
    atomic = store.kv.atomic();
    waiting = 0;
  };
  const users = store.kv.list<User>({ prefix: keys.usersPrefix() }, {
    batchSize: 1_000,
  });
  for await (const user of users) {
    atomic.check(unchanged(user));
    atomic.set(user.key, { ...user.value, trust: user.value.trust - 1 });
    decayed++;
    if (++waiting === 100) await commit();
  }
  if (waiting > 0) await commit();
  return { status: "", looked: decayed, decayed, points: decayed };
}

async function measured(
  run: string,
  work: () => Promise<Record<string, unknown>>,
): Promise<{ cpu: number; wall: number }> {
  const before = cpuSeconds();
  const started = performance.now();
  const did = await work();
  const wall = (performance.now() - started) / 1e3;
  const cpu = cpuSeconds() - before;
  rows.push({
    run,
    ...did,
    seconds: +wall.toFixed(2),
    "CPU s": +cpu.toFixed(2),
    "RSS MB": Math.round(Deno.memoryUsage().rss / 1e6),
  });
  return { cpu, wall };
}

/** User and system time of this process. */
function cpuSeconds(): number {
  const fields = Deno.readTextFileSync("/proc/self/stat").split(") ")[1]!
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
