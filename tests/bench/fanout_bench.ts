/**
 * One server on one core, 1,000 subscribers of one channel, 100-byte payloads published over HTTP. Ours verifies the
 * signature and commits every event to its store before it delivers it; the others only loop over their sockets.
 */
import { waitFor } from "../support/wait.ts";
import { Audience } from "./load/audience.ts";
import {
  type Contestant,
  nexora,
  rawDeno,
  type Running,
  socketIo,
  ws,
} from "./load/contestants.ts";
import { cpuSeconds, pause, pinSelf, quantile } from "./load/measure.ts";
import { Publisher } from "./load/publisher.ts";
import {
  fixed,
  type Mark,
  printMarks,
  printTable,
  times,
} from "./load/table.ts";

const SUBSCRIBERS = 1_000;
/** Of the stage at saturation, in each round. */
const SECONDS = Number(Deno.env.get("BENCH_SECONDS") ?? 1.25);
/** Of a stage at a rate, in each round: of fewer, the 99th percentile is no more than the slowest one. */
const PUBLISHES = 300;
/**
 * All servers take turns, so that a noisy neighbour or a warm processor is nobody's own. Medians are reported; a ratio
 * is the median of the rounds' own ratios, since what surrounds one round is another's no more.
 */
const ROUNDS = Number(Deno.env.get("BENCH_ROUNDS") ?? 4);
/** Of the stage at saturation, which is shorter and varies more. */
const FULL_ROUNDS = 3 * ROUNDS;
const RATES = [60, 120];
/** Publishes under way at saturation, each counted until its last delivery. */
const WINDOW = 64;

interface Stage {
  cpuPerDelivery: number;
  p50: number;
  p99: number;
  deliveriesPerSecond: number;
  /** Share of its core that the server used, and the load generator of its own. */
  busy: number;
  loadBusy: number;
  lost: number;
}

async function measure(
  server: Running,
  audience: Audience,
  publishing: () => Promise<number>,
): Promise<Stage> {
  audience.latencies.clear();
  const before = audience.delivered;
  const cpu = cpuSeconds(server.pid);
  const own = cpuSeconds(Deno.pid);
  const start = performance.now();
  const published = await publishing();
  const expected = published * audience.size;
  await waitFor(() => audience.delivered - before >= expected, {
    what: "the last delivery",
    timeout: 15_000,
  }).catch(() => {});
  const seconds = (performance.now() - start) / 1000;
  const used = cpuSeconds(server.pid) - cpu;
  const delivered = audience.delivered - before;
  return {
    cpuPerDelivery: used / delivered * 1e6,
    p50: audience.latencies.quantile(0.5),
    p99: audience.latencies.quantile(0.99),
    deliveriesPerSecond: delivered / seconds,
    busy: used / seconds,
    loadBusy: (cpuSeconds(Deno.pid) - own) / seconds,
    lost: expected - delivered,
  };
}

/** Publishes as fast as deliveries come back. */
async function saturate(
  publisher: Publisher,
  audience: Audience,
): Promise<number> {
  const before = audience.delivered;
  const end = performance.now() + SECONDS * 1000;
  let published = 0;
  const pending = new Set<Promise<void>>();
  while (performance.now() < end) {
    const arrived = (audience.delivered - before) / audience.size;
    for (let room = WINDOW - (published - arrived); room >= 1; room--) {
      const publish: Promise<void> = publisher.publish()
        .finally(() => pending.delete(publish));
      pending.add(publish);
      published++;
    }
    await pause(0);
  }
  await Promise.all(pending);
  return published;
}

/** A server with its audience. */
class Contest implements AsyncDisposable {
  readonly rates: Stage[][] = RATES.map(() => []);
  readonly full: Stage[] = [];

  private constructor(
    readonly name: string,
    readonly server: Running,
    readonly audience: Audience,
    readonly publisher: Publisher,
  ) {}

  static async open(contestant: Contestant): Promise<Contest> {
    const server = await contestant.start(0);
    const audience = new Audience();
    await audience.join(contestant, server, SUBSCRIBERS);
    const publisher = await Publisher.open(contestant, server);
    const contest = new Contest(contestant.name, server, audience, publisher);
    // Code that has run a while is what is compared.
    await contest.#measure(() => publisher.atRate(100, 1));
    return contest;
  }

  async rateRound(): Promise<void> {
    for (const [i, rate] of RATES.entries()) {
      const stage = await this.#measure(() =>
        this.publisher.atRate(rate, PUBLISHES / rate)
      );
      this.rates[i]!.push(stage);
    }
  }

  async fullRound(): Promise<void> {
    this.audience.readEvery(10);
    const { publisher, audience } = this;
    this.full.push(await this.#measure(() => saturate(publisher, audience)));
    this.audience.readEvery(0);
    // What is on the way to this one's sockets must not meet the next one's turn.
    await pause(50);
  }

  #measure(publishing: () => Promise<number>): Promise<Stage> {
    return measure(this.server, this.audience, publishing);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.publisher.close();
    this.audience.leave();
    await this.server[Symbol.asyncDispose]();
  }
}

type Figure = Exclude<keyof Stage, "lost">;

/** The median of a figure's ratios to another server's in the same round. */
function ratioOf(stages: Stage[], others: Stage[], figure: Figure): number {
  const ratios = stages.map((stage, round) =>
    stage[figure] / others[round]![figure]
  );
  return quantile(ratios, 0.5);
}

/** Each figure's median over the rounds; losses are added up. */
function typical(stages: Stage[]): Stage {
  const names = Object.keys(stages[0]!) as (keyof Stage)[];
  const median = Object.fromEntries(
    names.map((name) => [
      name,
      quantile(stages.map((stage) => stage[name]), 0.5),
    ]),
  ) as unknown as Stage;
  return { ...median, lost: stages.reduce((sum, { lost }) => sum + lost, 0) };
}

if (import.meta.main) {
  await pinSelf(1);
  const only = Deno.args;
  const contestants = [
    rawDeno,
    nexora(),
    nexora({ name: "Nexora, batching client", batch: true }),
    ws,
    socketIo,
  ].filter(({ name }) => !only.length || only.some((o) => name.includes(o)));
  await using stack = new AsyncDisposableStack();
  const contests: Contest[] = [];
  for (const contestant of contestants) {
    contests.push(stack.use(await Contest.open(contestant)));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const contest of contests) await contest.rateRound();
  }
  for (let round = 0; round < FULL_ROUNDS; round++) {
    for (const contest of contests) await contest.fullRound();
  }
  const base = contests[0]!;
  printTable(
    `Fan-out to ${SUBSCRIBERS} subscribers, all servers on one core in turns, medians of ${ROUNDS} rounds, ${FULL_ROUNDS} at saturation (ratios to the first row)`,
    [
      "server",
      "CPU/delivery at 60/s",
      "at saturation",
      "",
      ...RATES.flatMap((rate) => [`p50 ms ${rate}/s`, "p99 ms", ""]),
      "deliveries/s",
      "",
      "server busy",
      "load busy",
      "lost",
    ],
    contests.map(({ name, rates, full }) => {
      const usual = typical(full);
      return [
        name,
        `${fixed(typical(rates[0]!).cpuPerDelivery)} µs`,
        `${fixed(usual.cpuPerDelivery)} µs`,
        times(ratioOf(full, base.full, "cpuPerDelivery")),
        ...rates.flatMap((stages, i) => [
          fixed(typical(stages).p50),
          fixed(typical(stages).p99),
          times(ratioOf(stages, base.rates[i]!, "p99")),
        ]),
        fixed(usual.deliveriesPerSecond, 0),
        times(ratioOf(full, base.full, "deliveriesPerSecond")),
        fixed(usual.busy, 2),
        fixed(usual.loadBusy, 2),
        [...rates.flat(), ...full].reduce((sum, { lost }) => sum + lost, 0),
      ];
    }),
  );
  printMarks(marks(contests));
}

/** The marks, for the servers that ran. */
function marks(contests: Contest[]): Mark[] {
  const find = (name: string) => contests.find((one) => one.name === name);
  const raw = find(rawDeno.name);
  const io = find(socketIo.name);
  const found: Mark[] = [];
  for (const ours of contests) {
    if (!ours.name.startsWith("Nexora")) continue;
    const add = (
      measure: string,
      sign: Mark["sign"],
      bound: number,
      peer: Contest | undefined,
      figure: Figure,
    ) => {
      if (!peer) return;
      const value = figure === "p99"
        ? ratioOf(ours.rates[0]!, peer.rates[0]!, figure)
        : ratioOf(ours.full, peer.full, figure);
      found.push({ measure: `${ours.name}: ${measure}`, sign, bound, value });
    };
    const cpu = "CPU per delivery against raw Deno, saturated";
    add(cpu, "≤", 1.1, raw, "cpuPerDelivery");
    const rate = "deliveriesPerSecond";
    add("deliveries/s against socket.io", "≥", 1.5, io, rate);
    add("deliveries/s against ws", "≥", 1.2, find(ws.name), rate);
    add("p99 at 60/s against raw Deno", "≤", 1.25, raw, "p99");
    add("p99 at 60/s against socket.io", "≤", 1, io, "p99");
  }
  return found;
}
