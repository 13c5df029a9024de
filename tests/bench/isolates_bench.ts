/**
 * From one isolate of `deno serve --parallel` to another: publishers and subscribers on two isolates, one channel. The
 * kernel spreads connections over the isolates, so half of the pairs of a publisher and a subscriber cross; the half
 * with the larger medians is reported as "crossing".
 */
import { AppProcess } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";
import { nexora } from "./load/contestants.ts";
import { LoadConnection } from "./load/http.ts";
import { cpuSeconds, pause, quantile } from "./load/measure.ts";
import { readStamp, stampedPayload } from "./load/stamp.ts";
import { fixed, type Mark, printMarks, printTable } from "./load/table.ts";
import { LoadSocket } from "./load/websocket.ts";

const SECONDS = Number(Deno.env.get("BENCH_SECONDS") ?? 6);
const PUBLISHERS = 16;
const SUBSCRIBERS = 16;
/** The publisher's number is in the sequence, so that a delivery tells its pair. */
const PER_PUBLISHER = 1_000_000;

interface Run {
  all: number[];
  crossing: number[];
  lost: number;
  disorders: number;
}

const contestant = nexora();

async function measure(app: AppProcess, rate: number): Promise<Run> {
  const pairs = Array.from(
    { length: PUBLISHERS * SUBSCRIBERS },
    () => [] as number[],
  );
  const orders: number[][] = Array.from({ length: SUBSCRIBERS }, () => []);
  let ready = 0;
  const sockets = await Promise.all(
    Array.from(
      { length: SUBSCRIBERS },
      (_, subscriber) =>
        LoadSocket.open(app.port, contestant.path, {
          onText(frame, at, socket) {
            const stamp = readStamp(frame);
            if (stamp) {
              const publisher = Math.floor(stamp.sequence / PER_PUBLISHER);
              pairs[publisher * SUBSCRIBERS + subscriber]!.push(
                at - stamp.sentAt,
              );
              orders[subscriber]!.push(stamp.sequence);
            } else if (
              contestant.onFrame(socket, new TextDecoder().decode(frame))
            ) ready++;
          },
        }),
    ),
  );
  await waitFor(() => ready === SUBSCRIBERS, { what: "all subscribers" });
  const connections = await Promise.all(
    Array.from({ length: PUBLISHERS }, () => LoadConnection.open(app.port)),
  );
  let published = 0;
  const start = performance.now();
  const end = start + SECONDS * 1000;
  await Promise.all(connections.map(async (connection, publisher) => {
    const every = 1000 * PUBLISHERS / rate;
    // Spread over the interval, not all at once.
    let due = start + publisher * every / PUBLISHERS;
    for (let n = 0; due < end; n++, due += every) {
      await pause(Math.max(0, due - performance.now()));
      const { status } = await connection.exchange(
        contestant.publish(
          connection,
          stampedPayload(publisher * PER_PUBLISHER + n),
        ),
      );
      if (status !== 200) throw new Error(`Refused: ${status}`);
      published++;
    }
  }));
  const expected = published * SUBSCRIBERS;
  const arrived = () => orders.reduce((sum, { length }) => sum + length, 0);
  await waitFor(() => arrived() >= expected, { what: "the last" })
    .catch(() => {});
  for (const socket of sockets) socket.close();
  for (const connection of connections) connection.close();

  const bySpeed = pairs.filter(({ length }) => length)
    .toSorted((a, b) => quantile(a, 0.5) - quantile(b, 0.5));
  const first = orders[0]!.join();
  return {
    all: pairs.flat(),
    crossing: bySpeed.slice(bySpeed.length / 2).flat(),
    lost: expected - arrived(),
    disorders: orders.filter((order) => order.join() !== first).length,
  };
}

if (import.meta.main) {
  const rows: (string | number)[][] = [];
  const marks: Mark[] = [];
  for (const rate of [500, 1_000]) {
    const directory = await Deno.makeTempDir();
    await using app = await AppProcess.start({
      kvPath: `${directory}/bench.db`,
      isolates: 2,
      env: { DEMO: "0" },
    });
    await measure(app, rate);
    const cpu = cpuSeconds(app.pid);
    const run = await measure(app, rate);
    if (rate === 500) {
      const mark = (measure: string, bound: number, value: number, unit = "") =>
        marks.push({ measure, sign: "≤", bound, value, unit });
      mark("crossing at 500/s, p99", 40, quantile(run.crossing, 0.99), "ms");
      mark("lost or in another order", 0, run.lost + run.disorders);
    }
    rows.push([
      rate,
      run.all.length,
      fixed(quantile(run.all, 0.5)),
      fixed(quantile(run.all, 0.99)),
      fixed(quantile(run.crossing, 0.5)),
      fixed(quantile(run.crossing, 0.99)),
      run.lost,
      run.disorders,
      fixed((cpuSeconds(app.pid) - cpu) / SECONDS, 2),
    ]);
    await app.terminate();
    await Deno.remove(directory, { recursive: true });
  }
  printTable(
    `Two isolates of deno serve --parallel, ${PUBLISHERS} publishers and ${SUBSCRIBERS} subscribers over both`,
    [
      "publishes/s",
      "deliveries",
      "p50 ms",
      "p99 ms",
      "crossing p50",
      "crossing p99",
      "lost",
      "other order",
      "cores used",
    ],
    rows,
  );
  printMarks(marks);
}
