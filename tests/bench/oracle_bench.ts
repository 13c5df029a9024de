/**
 * How right the oracle is on labelled worlds that it was not tuned on, how calibrated its scores are, how often it cries wolf
 * where there is none, and what a million activities cost. See docs/oracle.md for what is kept apart from what.
 * Run: deno task bench oracle [seeds]; with 0 seeds only the million.
 */
import { CRITICAL, Oracle } from "../../lib/ai/oracle/mod.ts";
import { harbour } from "../support/worlds/harbour/mod.ts";
import { judgingWorld, makeWorld, TUNING } from "../support/worlds/mod.ts";
import { valley } from "../support/worlds/valley/mod.ts";
import {
  emptyTallies,
  matches,
  table,
  tally,
} from "../support/worlds/score.ts";

const SEEDS = Number(Deno.args[0] ?? 20);

function report(world: { activities: Parameters<Oracle["add"]>[0][] }) {
  const oracle = new Oracle();
  for (const a of world.activities) oracle.add(a);
  return oracle.report();
}

/** Harbours with these seeds were never looked at while the detectors were changed; see docs/oracle.md. */
const FIRST_HARBOUR = 1_001;
/** Nor were valleys from here on: they were looked at by their sums alone. */
const FIRST_VALLEY = 1_001;

const bins = Array.from({ length: 7 }, () => ({ flags: 0, right: 0 }));
const SETS = [
  [
    "Judging worlds",
    (n: number, camouflage: number) => judgingWorld(n, { camouflage, each: 2 }),
  ],
  [
    "Harbours",
    (n: number, camouflage: number) =>
      harbour(FIRST_HARBOUR + n, { camouflage, each: 2 }),
  ],
  [
    "Valleys",
    (n: number, camouflage: number) =>
      valley(FIRST_VALLEY + n, { camouflage, each: 2 }),
  ],
] as const;
for (const [name, make] of SETS) {
  for (const camouflage of [0, 0.25, 0.5, 0.75]) {
    const tallies = emptyTallies();
    for (let n = 0; n < SEEDS; n++) {
      const world = make(n, camouflage);
      const r = report(world);
      tally(tallies, world, r);
      for (const a of r.anomalies) {
        const bin = bins[Math.min(6, Math.floor((a.riskScore - 30) / 10))]!;
        bin.flags++;
        if (world.attacks.some((x) => matches(a, x))) bin.right++;
      }
    }
    console.log(
      `\n${name}, ${SEEDS} seeds, camouflage ${
        camouflage * 100
      } %, at ${CRITICAL} and more`,
    );
    console.log(table(tallies));
  }
}

console.log(
  "\nCalibration: of the anomalies with this score, so many are right",
);
bins.forEach((b, i) => {
  const from = i === 0 ? 35 : 30 + 10 * i;
  console.log(
    `${from}–${i === 6 ? 100 : 40 + 10 * i}`.padEnd(8),
    String(b.flags).padStart(6),
    b.flags === 0 ? "–" : (b.right / b.flags).toFixed(2),
  );
});

let people = 0, cries = 0;
for (let n = 0; n < 3 * SEEDS; n++) {
  const world = n % 3 === 0
    ? judgingWorld(n / 3 + 500, { camouflage: 0, each: 0 })
    : n % 3 === 1
    ? harbour(FIRST_HARBOUR + 500 + n, { each: 0 })
    : valley(FIRST_VALLEY + 500 + n, { each: 0 });
  people += world.users;
  cries += report(world).anomalies.filter((a) => a.riskScore >= CRITICAL)
    .length;
}
console.log(
  `\nClean worlds: ${cries} false criticals in ${people} user-weeks = ${
    (cries / people * 1000 * 52 / 12).toFixed(2)
  } a month for 1,000 users`,
);

const path = await Deno.makeTempFile({ suffix: ".jsonl" });
try {
  const big = makeWorld(
    { ...TUNING[0]!, users: 10_000, pace: 1.05, name: "big" },
    1,
    { each: 3 },
  );
  const lines = big.activities.slice(-1_000_000);
  const file = await Deno.open(path, { write: true });
  const encoder = new TextEncoder();
  for (let i = 0; i < lines.length; i += 10_000) {
    await file.write(encoder.encode(
      lines.slice(i, i + 10_000).map((a) => JSON.stringify(a) + "\n").join(""),
    ));
  }
  file.close();
  const cli = new URL("../../jobs/oracle_cli.ts", import.meta.url).pathname;
  const run = [Deno.execPath(), "run", "-A", cli, "--activity", path, "--out"];
  const pinned = await new Deno.Command("taskset", { args: ["--version"] })
    .output().then(() => ["taskset", "-c", "0"], () => []);
  const [command, ...args] = [...pinned, ...run, `${path}.json`];
  const start = performance.now();
  const child = new Deno.Command(command!, { args, stderr: "piped" }).spawn();
  let peak = 0, cpu = 0;
  const watch = setInterval(() => {
    try {
      const status = Deno.readTextFileSync(`/proc/${child.pid}/status`);
      peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? peak);
      const stat = Deno.readTextFileSync(`/proc/${child.pid}/stat`)
        .split(") ")[1]!.split(" ");
      cpu = (Number(stat[11]) + Number(stat[12])) / 100 || cpu;
    } catch { /* It has ended, or this is no Linux. */ }
  }, 50);
  const { stderr, success } = await child.output();
  clearInterval(watch);
  console.log(
    `\n${lines.length} activities of 10,000 users on one core: ${
      ((performance.now() - start) / 1000).toFixed(1)
    } s, of which ${cpu.toFixed(1)} s of CPU, ${
      (peak / 1024).toFixed(0)
    } MB at most${success ? "" : ", failed"}; ${
      new TextDecoder().decode(stderr).trim().split("\n").at(-1)
    }`,
  );
  // The least that any reader of the file has to do, as a measure of the machine.
  const parse = `let n = 0;
    for (const line of Deno.readTextFileSync(Deno.args[0]).split("\\n")) {
      if (line) n += JSON.parse(line).id.length;
    }
    const { user, system } = process.cpuUsage();
    console.log(((user + system) / 1e6).toFixed(1));`;
  const [bare, ...rest] = [...pinned, Deno.execPath(), "eval", parse, path];
  const peer = await new Deno.Command(bare!, { args: rest }).output();
  console.log(
    `JSON.parse of the same lines: ${
      new TextDecoder().decode(peer.stdout).trim()
    } s of CPU`,
  );
} finally {
  await Deno.remove(path).catch(() => {});
  await Deno.remove(`${path}.json`).catch(() => {});
}
