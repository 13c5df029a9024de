/**
 * Where the server's main thread spends its time while it serves a fan-out:
 *
 *     deno run -A tests/bench/profile.ts [publishes a second] [subscribers]
 *
 * Prints microseconds a publish, by function: alone, and with what it calls. Uses `--cpu-prof`, not the inspector: while
 * one is attached, Deno tells it of every WebSocket frame, and that is then most of the profile.
 */
import { Audience } from "./load/audience.ts";
import { nexora } from "./load/contestants.ts";
import { cpuSeconds, pinSelf } from "./load/measure.ts";
import { Publisher } from "./load/publisher.ts";
import { fixed, printTable } from "./load/table.ts";

const SECONDS = 6;
const ROWS = 30;

/** A `.cpuprofile`, as V8 writes it. */
interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}
interface Profile {
  nodes: ProfileNode[];
  samples: number[];
  /** Microseconds. */
  timeDeltas: number[];
}

/** The samples from `from` to `to` milliseconds before the profile's end. */
function between(profile: Profile, from: number, to: number): Profile {
  const samples: number[] = [];
  const timeDeltas: number[] = [];
  let before = profile.timeDeltas.reduce((sum, delta) => sum + delta, 0) / 1000;
  profile.samples.forEach((id, i) => {
    before -= profile.timeDeltas[i]! / 1000;
    if (before > from || before < to) return;
    samples.push(id);
    timeDeltas.push(profile.timeDeltas[i]!);
  });
  return { nodes: profile.nodes, samples, timeDeltas };
}

async function readProfile(directory: string): Promise<Profile> {
  const [file] = await Array.fromAsync(Deno.readDir(directory));
  if (!file) throw new Error("The server has left no profile behind");
  return JSON.parse(await Deno.readTextFile(`${directory}/${file.name}`));
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode) {
  const file = url.replace(/^.*\/(?=(lib|routes|offline|npm)\/)/, "");
  return `${functionName || "(anonymous)"} ${file}:${lineNumber + 1}`;
}

/** Microseconds by function, alone and with what it calls (recursion counted once). */
function summarise({ nodes, samples, timeDeltas }: Profile) {
  const own = new Map<number, number>();
  samples.forEach((id, i) => own.set(id, (own.get(id) ?? 0) + timeDeltas[i]!));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const alone = new Map<string, number>();
  const inAll = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, value: number) =>
    to.set(name, (to.get(name) ?? 0) + value);
  const walk = (node: ProfileNode, above: ReadonlySet<string>): number => {
    const name = nameOf(node);
    let time = own.get(node.id) ?? 0;
    add(alone, name, time);
    const within = new Set(above).add(name);
    for (const child of node.children ?? []) {
      time += walk(byId.get(child)!, within);
    }
    if (!above.has(name)) add(inAll, name, time);
    return time;
  };
  walk(nodes[0]!, new Set());
  return { alone, inAll };
}

if (import.meta.main) {
  await pinSelf(1);
  const rate = Number(Deno.args[0] ?? 60);
  const subscribers = Number(Deno.args[1] ?? 1_000);
  const directory = await Deno.makeTempDir();
  const contestant = nexora({
    flags: ["--cpu-prof", `--cpu-prof-dir=${directory}`],
  });
  const server = await contestant.start(0);
  const audience = new Audience();
  await audience.join(contestant, server, subscribers);
  const publisher = await Publisher.open(contestant, server);
  await publisher.atRate(rate, 2);
  const cpu = cpuSeconds(server.pid);
  const start = performance.now();
  const published = await publisher.atRate(rate, SECONDS);
  const over = performance.now();
  const used = cpuSeconds(server.pid) - cpu;
  publisher.close();
  audience.leave();
  await server[Symbol.asyncDispose]();
  const end = performance.now();
  const profile = between(
    await readProfile(directory),
    end - start,
    end - over,
  );
  await Deno.remove(directory, { recursive: true });
  console.log(
    `${rate} publishes/s to ${subscribers} subscribers: ` +
      `${fixed(used / published * 1e3, 2)} ms CPU a publish, all threads`,
  );
  const { alone, inAll } = summarise(profile);
  for (const [title, times] of [["Alone", alone], ["In all", inAll]] as const) {
    printTable(
      `${title}, main thread`,
      ["µs a publish", "function"],
      [...times].sort((a, b) => b[1] - a[1]).slice(0, ROWS)
        .map(([name, time]) => [fixed(time / published), name]),
    );
  }
}
