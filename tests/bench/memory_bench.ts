/** Memory that an idle subscribed connection costs the server. */
import { Audience } from "./load/audience.ts";
import {
  type Contestant,
  nexora,
  rawDeno,
  socketIo,
  ws,
} from "./load/contestants.ts";
import { pause, pinSelf, residentBytes } from "./load/measure.ts";
import { fixed, printMarks, printTable, times } from "./load/table.ts";

const WARM = 500;
const CONNECTIONS = 5_000;

/** The smallest of several looks: what is garbage goes in time. */
async function settled(pid: number): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < 15; look++) {
    least = Math.min(least, residentBytes(pid));
    await pause(200);
  }
  return least;
}

async function measure(contestant: Contestant): Promise<number> {
  await using server = await contestant.start(0);
  const audience = new Audience();
  // The first connections load and compile code, which is no connection's cost.
  await audience.join(contestant, server, WARM, 1024);
  const before = await settled(server.pid);
  await audience.join(contestant, server, CONNECTIONS, 1024);
  const after = await settled(server.pid);
  audience.leave();
  return (after - before) / CONNECTIONS;
}

if (import.meta.main) {
  await pinSelf(1);
  const results: [string, number][] = [];
  for (const contestant of [rawDeno, nexora(), ws, socketIo]) {
    results.push([contestant.name, await measure(contestant)]);
  }
  const base = results[0]![1];
  printTable(
    `Memory of an idle subscribed connection (${CONNECTIONS} of them)`,
    ["server", "kB", ""],
    results.map(([name, bytes]) => [
      name,
      fixed(bytes / 1000),
      times(bytes / base),
    ]),
  );
  printMarks([{
    measure: "memory of a connection against raw Deno",
    sign: "≤",
    bound: 1.3,
    value: results[1]![1] / base,
  }]);
}
