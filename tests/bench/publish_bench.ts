/**
 * Durable publishes a second on one core: signed requests, each verified, its events committed to the SQLite store
 * before the answer. Requests are signed before the clock runs, so that the load generator keeps up.
 */
import { CREDENTIALS } from "../support/app.ts";
import { nexora } from "./load/contestants.ts";
import { LoadConnection } from "./load/http.ts";
import { cpuSeconds, pinSelf, Samples } from "./load/measure.ts";
import { signedTarget } from "./load/sign.ts";
import { stampedPayload } from "./load/stamp.ts";
import { fixed, type Mark, printMarks, printTable } from "./load/table.ts";

const SECONDS = Number(Deno.env.get("BENCH_SECONDS") ?? 6);
const CONNECTIONS = 64;
/** Enough for the fastest server that is expected; then they are sent again, which the server cannot know. */
const PREPARED = 20_000;

interface Shape {
  name: string;
  path: string;
  events: number;
  /** Events a second that are promised. */
  promised: number;
  body(n: number): unknown;
}

const event = (n: number) => ({
  name: "message",
  channel: `bench-${n % 50}`,
  data: stampedPayload(n),
});

const SHAPES: Shape[] = [
  {
    name: "events, one each",
    path: "events",
    events: 1,
    promised: 6_000,
    body: event,
  },
  {
    name: "batch_events, ten each",
    path: "batch_events",
    events: 10,
    promised: 20_000,
    body: (n) => ({
      batch: Array.from({ length: 10 }, (_, i) => event(10 * n + i)),
    }),
  },
];

interface Result {
  perSecond: number;
  p50: number;
  p99: number;
  cpu: number;
  busy: number;
  loadBusy: number;
}

async function measure(
  server: { pid: number; port: number },
  shape: Shape,
): Promise<Result> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => LoadConnection.open(server.port)),
  );
  const path = `/apps/${CREDENTIALS.id}/${shape.path}`;
  const requests = Array.from({ length: PREPARED / shape.events }, (_, n) => {
    const body = JSON.stringify(shape.body(n));
    return connections[0]!.encode(
      "POST",
      signedTarget("POST", path, body),
      body,
    );
  });
  let sent = 0;
  const latencies = new Samples();
  const run = async (seconds: number) => {
    const end = performance.now() + seconds * 1000;
    await Promise.all(connections.map(async (connection) => {
      while (performance.now() < end) {
        const request = requests[sent++ % requests.length]!;
        const start = performance.now();
        const { status, body } = await connection.exchange(request);
        if (status !== 200) throw new Error(`Refused: ${status} ${body}`);
        latencies.add(performance.now() - start);
      }
    }));
  };
  await run(2);
  latencies.clear();
  const cpu = cpuSeconds(server.pid);
  const own = cpuSeconds(Deno.pid);
  const start = performance.now();
  await run(SECONDS);
  const seconds = (performance.now() - start) / 1000;
  const used = cpuSeconds(server.pid) - cpu;
  const events = latencies.length * shape.events;
  for (const connection of connections) connection.close();
  return {
    perSecond: events / seconds,
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
    cpu: used / events * 1e6,
    busy: used / seconds,
    loadBusy: (cpuSeconds(Deno.pid) - own) / seconds,
  };
}

if (import.meta.main) {
  await pinSelf(1);
  const rows: (string | number)[][] = [];
  const marks: Mark[] = [];
  for (const shape of SHAPES) {
    await using server = await nexora().start(0);
    const result = await measure(server, shape);
    marks.push({
      measure: shape.name,
      sign: "≥",
      bound: shape.promised,
      value: result.perSecond,
      unit: "events/s",
    });
    rows.push([
      shape.name,
      fixed(result.perSecond, 0),
      `${fixed(result.cpu)} µs`,
      fixed(result.p50),
      fixed(result.p99),
      fixed(result.busy, 2),
      fixed(result.loadBusy, 2),
    ]);
  }
  printTable(
    `Durable signed publishes, server on one core, ${CONNECTIONS} connections`,
    [
      "requests",
      "events/s",
      "CPU/event",
      "p50 ms",
      "p99 ms",
      "server busy",
      "load busy",
    ],
    rows,
  );
  printMarks(marks);
}
