import { type Clock, SECOND } from "../clock.ts";
import type { Policy } from "../auth/policy.ts";
import { NexoraError } from "../errors.ts";
import { commit, delay, keys, set } from "../kv/mod.ts";
import { EventTap } from "./inspect_events.ts";
import {
  connectedUsers,
  mergeUsers,
  Meter,
  type Report,
  sampleOf,
} from "./inspect_report.ts";
import type { Sample, Snapshot } from "./inspect_types.ts";
import type { KvEventLog } from "./log/log.ts";
import type { RealtimeServer } from "./server.ts";

export interface InspectorOptions {
  kv: Deno.Kv;
  now: Clock;
  log: KvEventLog;
  policy: Policy;
  realtime: RealtimeServer;
}

/** Milliseconds between two samples. */
const EVERY = SECOND;
/** Isolates report for this long after they were last asked to. */
const LEASE = 15 * SECOND;
/** How often a watched isolate asks the others. */
const ASK_EVERY = 5 * SECOND;
/** A report older than this belongs to an isolate that has ended or hangs. */
const REPORT_LIFE = 4 * SECOND;
/** Samples kept: two minutes. */
const HISTORY = 120;
/** How long, in milliseconds, and how often the first look waits for the others' reports. */
const FIRST_LOOK_EVERY = 50;
const FIRST_LOOKS = 10;
const CHANNELS_SHOWN = 150;
/** Listing the channels of all isolates reads the store: every second sample does. */
const CHANNELS_EVERY = 2;

/**
 * Looks into the real-time servers of all isolates, while somebody watches. The isolate that serves an admin's page
 * asks the others over the control channel; each then writes a report a second. Nobody watching: no timer, no write,
 * nothing on any hot path.
 */
export class Inspector {
  readonly tap: EventTap;
  readonly #options: InspectorOptions;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #meter: Meter | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #ticking: Promise<void> | null = null;
  /** Until when an admin's page is served here, and until when another isolate has asked. */
  #watchedUntil = 0;
  #askedUntil = 0;
  #lastAsk = 0;
  #ticks = 0;
  #channels: Map<string, number> = new Map();
  #snapshot: Snapshot | null = null;
  #history: Sample[] = [];
  #stopped = false;

  constructor(options: InspectorOptions) {
    this.#options = options;
    const { realtime, log, policy } = options;
    this.tap = new EventTap({ hub: realtime.hub, log, policy });
  }

  /** The samples since somebody began to watch, oldest first; two minutes at most. */
  get history(): readonly Sample[] {
    return this.#history;
  }

  /**
   * What is to be seen now. Watches on for some seconds, so that whoever asks again finds rates.
   *
   * @throws {NexoraError} `store_unavailable`
   */
  async look(): Promise<Snapshot> {
    await this.#watch();
    if (!this.#snapshot) {
      await this.tick();
      await this.#awaitOthers();
    }
    if (!this.#snapshot) throw new NexoraError("store_unavailable");
    return this.#snapshot;
  }

  /** Is told a snapshot a second. Returns how to stop. */
  async listen(listener: (snapshot: Snapshot) => void): Promise<() => void> {
    await this.#watch();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Another isolate has an admin looking. */
  asked(by: string): void {
    const { now, realtime } = this.#options;
    if (by === realtime.nodes.id || this.#stopped) return;
    this.#askedUntil = now() + LEASE;
    this.#start();
    void this.tick();
  }

  /** Takes a sample; the timer's job. Never throws: the store may be away, which is when one wants to look. */
  tick(): Promise<void> {
    return this.#ticking ??= this.#tick().catch((error) =>
      console.error("The inspection failed", error)
    ).finally(() => this.#ticking = null);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#end();
    await this.#ticking;
  }

  async #watch(): Promise<void> {
    if (this.#stopped) return;
    this.#watchedUntil = this.#options.now() + LEASE;
    this.#start();
    await this.tap.open();
  }

  #start(): void {
    if (this.#timer !== null) return;
    const { realtime, now } = this.#options;
    this.#meter = new Meter(realtime.metrics, now());
    this.#timer = setInterval(() => void this.tick(), EVERY);
  }

  #end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#meter = null;
    this.#unwatch();
  }

  #unwatch(): void {
    this.tap.close();
    this.#snapshot = null;
    this.#history = [];
    this.#channels = new Map();
    this.#ticks = 0;
  }

  async #tick(): Promise<void> {
    const { now, realtime } = this.#options;
    const at = now();
    if (this.#listeners.size > 0) this.#watchedUntil = at + LEASE;
    const watched = this.#watchedUntil > at;
    if (!this.#meter || (!watched && this.#askedUntil <= at)) {
      this.#end();
      return;
    }
    const own = this.#report(at);
    if (this.#askedUntil > at) await this.#tell(own);
    if (!watched) {
      if (this.#snapshot) this.#unwatch();
      return;
    }
    if (at - this.#lastAsk >= ASK_EVERY && realtime.nodes.others) {
      this.#lastAsk = at;
      // Not awaited: with the store away, the figures of this isolate are all the more worth seeing.
      realtime.inspectOthers().catch(() => this.#lastAsk = 0);
    }
    const snapshot = await this.#assemble(own, at);
    this.#snapshot = snapshot;
    this.#history = [...this.#history, snapshot.sample].slice(-HISTORY);
    for (const listen of this.#listeners) listen(snapshot);
  }

  #report(at: number): Report {
    const { realtime, log } = this.#options;
    const { metrics } = realtime;
    return {
      at,
      expiresAt: at + REPORT_LIFE,
      ...this.#meter!.look(at),
      ...connectedUsers(realtime.connections),
      connections: metrics.connections,
      subscriptions: metrics.subscriptions,
      drops: [...metrics.drops],
      closes: [...metrics.closes],
      races: metrics.races,
      behind: log.behind,
    };
  }

  async #tell(report: Report): Promise<void> {
    const { kv, realtime } = this.#options;
    await commit(kv, {
      mutations: [
        set(keys.inspection(realtime.nodes.id), report, REPORT_LIFE),
      ],
    });
  }

  async #assemble(own: Report, at: number): Promise<Snapshot> {
    const { realtime } = this.#options;
    const reports = [own, ...await this.#othersReports(at)];
    if (this.#ticks++ % CHANNELS_EVERY === 0) {
      this.#channels = await realtime.occupancy.channels();
    }
    const { users, total } = mergeUsers(reports);
    const drops = new Map<string, number>();
    const closes = new Map<number, number>();
    for (const report of reports) {
      for (const [reason, n] of report.drops) {
        drops.set(reason, (drops.get(reason) ?? 0) + n);
      }
      for (const [code, n] of report.closes) {
        closes.set(code, (closes.get(code) ?? 0) + n);
      }
    }
    return {
      at,
      isolates: { seen: reports.length, alive: realtime.nodes.alive },
      anonymous: reports.reduce((sum, r) => sum + r.anonymous, 0),
      users,
      usersTotal: total,
      channels: [...this.#channels]
        .map(([name, subscribers]) => ({ name, subscribers }))
        .sort((a, b) =>
          b.subscribers - a.subscribers || (a.name < b.name ? -1 : 1)
        )
        .slice(0, CHANNELS_SHOWN),
      channelsTotal: this.#channels.size,
      drops: [...drops].map(([reason, count]) => ({ reason, count }))
        .sort((a, b) => b.count - a.count),
      closes: [...closes].map(([code, count]) => ({ code, count }))
        .sort((a, b) => b.count - a.count),
      races: reports.reduce((sum, r) => sum + r.races, 0),
      behind: reports.reduce((sum, r) => sum + r.behind, 0),
      memory: Deno.memoryUsage().rss,
      sample: sampleOf(reports, realtime.metrics.lagSeconds.bounds, at),
    };
  }

  /** The others need a moment to answer the first question. */
  async #awaitOthers(): Promise<void> {
    const { now, realtime: { nodes } } = this.#options;
    const missing = nodes.alive - 1;
    for (let looks = 0; missing > 0 && looks < FIRST_LOOKS; looks++) {
      await delay(FIRST_LOOK_EVERY);
      if ((await this.#othersReports(now())).length < missing) continue;
      await this.tick();
      return;
    }
  }

  async #othersReports(at: number): Promise<Report[]> {
    const { kv, realtime: { nodes } } = this.#options;
    if (!nodes.others) return [];
    const found: Report[] = [];
    for await (
      const { key, value } of kv.list<Report>({ prefix: keys.inspections() })
    ) {
      if (key.at(-1) !== nodes.id && value.expiresAt > at) found.push(value);
    }
    return found;
  }
}
