/**
 * 10,000 connections are cut at once while publishing goes on: how long until every one has resumed, and whether each
 * holds every event of its channel once, in order. Once the network cuts them, once the server is killed (-9) and
 * started again.
 */
import { reconnectDelay } from "../../lib/realtime/client/backoff.ts";
import { AppProcess, CREDENTIALS } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";
import { LoadConnection } from "./load/http.ts";
import { pause, pinSelf, quantile } from "./load/measure.ts";
import { signedTarget } from "./load/sign.ts";
import { fixed, printMarks, printTable } from "./load/table.ts";
import { LoadSocket } from "./load/websocket.ts";

const CLIENTS = Number(Deno.env.get("BENCH_CLIENTS") ?? 10_000);
const CHANNELS = 100;
/** Publishes a second, over all channels. */
const RATE = 50;
const PATH =
  `/app/${CREDENTIALS.key}?protocol=7&client=nexora-js&version=1&batch=1`;
const EVENTS = `/apps/${CREDENTIALS.id}/events`;

interface Frame {
  event: string;
  data?: string;
  position?: string;
  recovered?: boolean;
}

/** A client that resumes, with the reconnect policy of ours. */
class ResumingClient {
  readonly received: number[] = [];
  resumed = 0;
  restarts = 0;
  /** `performance.now()` of the last successful subscribe; `null` while it is away. */
  subscribedAt: number | null = null;
  #position: string | undefined;
  #socket: LoadSocket | null = null;
  #attempts = 0;
  #stopped = false;

  constructor(readonly port: () => number, readonly channel: string) {}

  async connect(): Promise<void> {
    try {
      await LoadSocket.open(this.port(), PATH, {
        onText: (bytes, _at, socket) => {
          this.#socket = socket;
          this.#take(new TextDecoder().decode(bytes));
        },
        onClose: () => this.#lost(),
      }, { bufferSize: 1024 });
    } catch {
      this.#lost();
    }
  }

  cut(): void {
    this.#socket?.close();
  }

  stop(): void {
    this.#stopped = true;
    this.cut();
  }

  #lost(): void {
    this.subscribedAt = null;
    if (this.#stopped) return;
    const delay = reconnectDelay(1006, this.#attempts++, Math.random)!;
    setTimeout(() => void this.connect(), delay);
  }

  #take(text: string): void {
    const parsed = JSON.parse(text);
    for (const frame of Array.isArray(parsed) ? parsed : [parsed]) {
      this.#frame(frame);
    }
  }

  #frame(frame: Frame): void {
    if (frame.event === "pusher:connection_established") {
      const data = { channel: this.channel, since: this.#position };
      void this.#socket!.send(
        JSON.stringify({ event: "pusher:subscribe", data }),
      ).catch(() => {});
      return;
    }
    if (frame.event === "pusher_internal:subscription_succeeded") {
      this.#attempts = 0;
      this.subscribedAt = performance.now();
      if (frame.recovered) this.resumed++;
      else if (this.#position !== undefined) this.restarts++;
    } else if (frame.event === "tick") this.received.push(Number(frame.data));
    if (frame.position) this.#position = frame.position;
  }
}

/** Publishes numbers, 0, 1, 2, … on each channel in turn, each until it is accepted. */
class Ticker {
  readonly published = new Array<number>(CHANNELS).fill(0);
  #running = true;
  #over: Promise<void>;

  constructor(readonly port: () => number) {
    this.#over = this.#run();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#over;
  }

  async #run(): Promise<void> {
    const run = crypto.randomUUID();
    let connection: LoadConnection | null = null;
    const start = performance.now();
    for (let n = 0; this.#running; n++) {
      await pause(Math.max(0, start + n * 1000 / RATE - performance.now()));
      const channel = n % CHANNELS;
      const number = this.published[channel]!;
      const body = JSON.stringify({
        name: "tick",
        channel: `bench-${channel}`,
        data: String(number),
        // A try that was cut off may have been committed: the same id is the same event.
        id: `${run}-${channel}-${number}`,
      });
      for (let accepted = false; !accepted;) {
        try {
          connection ??= await LoadConnection.open(this.port());
          const target = signedTarget("POST", EVENTS, body);
          const request = connection.encode("POST", target, body);
          accepted = (await connection.exchange(request)).status === 200;
        } catch {
          connection = null;
          await pause(50);
        }
      }
      this.published[channel] = number + 1;
    }
    connection?.close();
  }
}

async function measure(
  name: string,
  cut: (app: AppProcess, clients: ResumingClient[]) => Promise<void>,
): Promise<(string | number)[]> {
  const directory = await Deno.makeTempDir();
  await using app = await AppProcess.start({
    kvPath: `${directory}/bench.db`,
    core: 0,
    env: { DEMO: "0" },
  });
  const port = () => app.port;
  const clients = Array.from(
    { length: CLIENTS },
    (_, n) => new ResumingClient(port, `bench-${n % CHANNELS}`),
  );
  let started = 0;
  await Promise.all(Array.from({ length: 50 }, async () => {
    while (started < CLIENTS) await clients[started++]!.connect();
  }));
  await waitFor(() => clients.every((c) => c.subscribedAt !== null), {
    what: "all clients",
    timeout: 60_000,
  });
  const ticker = new Ticker(port);
  await pause(3_000);

  const start = performance.now();
  await cut(app, clients);
  await waitFor(
    () =>
      clients.every((c) => c.subscribedAt !== null && c.subscribedAt > start),
    { what: "all clients to resume", timeout: 60_000, interval: 100 },
  ).catch(() => {});
  const back = clients
    .filter((c) => c.subscribedAt !== null && c.subscribedAt > start)
    .map((c) => (c.subscribedAt! - start) / 1000);
  await pause(1_000);
  await ticker.stop();
  const complete = (client: ResumingClient, n: number) => {
    const expected = ticker.published[n % CHANNELS]!;
    return client.received.length === expected &&
      client.received.every((number, at) => number === at);
  };
  await waitFor(() => clients.every(complete), {
    what: "everything",
    timeout: 10_000,
    interval: 200,
  }).catch(() => {});
  const incomplete = clients.filter((c, n) => !complete(c, n)).length;
  for (const client of clients) client.stop();
  await app.kill();
  await Deno.remove(directory, { recursive: true });
  return [
    name,
    back.length,
    fixed(quantile(back, 0.5)),
    fixed(quantile(back, 0.99)),
    fixed(quantile(back, 1)),
    clients.filter((c) => c.resumed > 0).length,
    clients.filter((c) => c.restarts > 0).length,
    incomplete,
  ];
}

if (import.meta.main) {
  await pinSelf(1);
  const rows = [
    await measure("by the network", (_, clients) => {
      for (const client of clients) client.cut();
      return Promise.resolve();
    }),
    await measure("by kill -9 and a restart", (app) => app.restart()),
  ];
  printTable(
    `${CLIENTS} connections on ${CHANNELS} channels cut at once, ${RATE} publishes/s meanwhile, server on one core`,
    [
      "cut",
      "back",
      "p50 s",
      "p99 s",
      "last s",
      "resumed",
      "started anew",
      "incomplete or out of order",
    ],
    rows,
  );
  printMarks(rows.flatMap(([cut, , , , last, , , incomplete]) => [
    {
      measure: `cut ${cut}: the last is back`,
      sign: "≤" as const,
      bound: 20,
      value: Number(last),
      unit: "s",
    },
    {
      measure: `cut ${cut}: incomplete`,
      sign: "≤" as const,
      bound: 0,
      value: Number(incomplete),
      unit: "",
    },
  ]));
}
