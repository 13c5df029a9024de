import type { Clock } from "../clock.ts";
import { commit, del, keys, type Mutation, set } from "../kv/mod.ts";
import { type Channel, parseChannel } from "./channels.ts";
import type { Hub } from "./hub.ts";
import type { EventLog } from "./log/types.ts";
import type { Nodes } from "./nodes.ts";

export interface OccupancyOptions {
  kv: Deno.Kv;
  now: Clock;
  log: EventLog;
  hub: Hub;
  nodes: Nodes;
  /** A channel's count has changed; `total` is over all isolates. */
  onCount?: (channel: string, total: number) => Promise<void>;
  /** A channel's count was told to its subscribers. */
  onTold?: (channel: string, total: number) => Promise<void>;
}

/** Changes are gathered for this long, so that a thousand subscriptions at once are a handful of writes. */
const FLUSH_MS = 150;
/** Over this many subscribers the count is told every 5 s (source: Pusher Channels). */
const TELL_AT_ONCE = 100;
const TELL_EVERY_MS = 5_000;
const ROWS_PER_COMMIT = 200;

/**
 * How many subscribers a channel has over all isolates. Each isolate writes its own count, so there is nothing to
 * contend for; what it holds itself it knows at once, the others' counts a flush later.
 */
export class Occupancy {
  readonly #options: OccupancyOptions;
  readonly #dirty = new Set<string>();
  /** What this isolate has written. */
  readonly #written = new Map<string, number>();
  readonly #told = new Map<string, { total: number; at: number }>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #flushing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: OccupancyOptions) {
    this.#options = options;
  }

  /** A channel has got or lost a subscriber here. */
  changed(channel: string): void {
    if (channel.startsWith("#") || this.#stopped) return;
    this.#dirty.add(channel);
    this.#schedule(FLUSH_MS);
  }

  /** Subscribers of a channel over all isolates. */
  async total(channel: string): Promise<number> {
    const { kv, hub, nodes } = this.#options;
    let total = hub.count(channel);
    if (!nodes.others) return total;
    for await (
      const { key, value } of kv.list<number>({
        prefix: keys.occupiedOf(channel),
      })
    ) {
      const node = String(key.at(-1));
      if (node !== nodes.id && nodes.isAlive(node)) total += value;
    }
    return total;
  }

  /** Every occupied channel with its subscribers over all isolates. */
  async channels(prefix = ""): Promise<Map<string, number>> {
    const { kv, hub, nodes } = this.#options;
    const totals = new Map<string, number>();
    const add = (channel: string, n: number) => {
      if (channel.startsWith(prefix) && n > 0) {
        totals.set(channel, (totals.get(channel) ?? 0) + n);
      }
    };
    for (const [channel, n] of hub.channels()) {
      if (!channel.startsWith("#")) add(channel, n);
    }
    if (nodes.others) {
      for await (
        const { key, value } of kv.list<number>({ prefix: keys.occupiedAll() })
      ) {
        const [channel, node] = key.slice(2).map(String) as [string, string];
        if (node !== nodes.id && nodes.isAlive(node)) add(channel, value);
      }
    }
    return totals;
  }

  /** Takes away what a dead node had written. */
  async sweep(nodeId: string): Promise<void> {
    for await (
      const { key } of this.#options.kv.list({ prefix: keys.occupiedAll() })
    ) {
      if (key.at(-1) !== nodeId) continue;
      await this.#options.kv.delete(key);
      await this.#tell(String(key[2]));
    }
  }

  /** Writes what has changed; the last flush of a drain takes this isolate's rows away. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#flushing.catch(() => {});
    for (const channel of this.#written.keys()) this.#dirty.add(channel);
    await this.#flush(false).catch(() => {});
  }

  #schedule(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flushing = this.#flush(true).catch(() =>
        this.#schedule(TELL_EVERY_MS)
      );
    }, ms);
  }

  async #flush(tell: boolean): Promise<void> {
    const { kv, hub, nodes } = this.#options;
    const dirty = [...this.#dirty];
    for (let i = 0; i < dirty.length; i += ROWS_PER_COMMIT) {
      const channels = dirty.slice(i, i + ROWS_PER_COMMIT);
      const mutations: Mutation[] = [];
      for (const channel of channels) {
        const n = this.#stopped ? 0 : hub.count(channel);
        if (n === (this.#written.get(channel) ?? 0)) continue;
        const key = keys.occupied(channel, nodes.id);
        mutations.push(n > 0 ? set(key, n) : del(key));
        if (n > 0) this.#written.set(channel, n);
        else this.#written.delete(channel);
      }
      if (mutations.length > 0) await commit(kv, { mutations });
      for (const channel of channels) this.#dirty.delete(channel);
      if (tell) { for (const channel of channels) await this.#tell(channel); }
    }
  }

  /** Sends `subscription_count`: at once up to 100 subscribers, then every 5 s. */
  async #tell(name: string): Promise<void> {
    const { log, now, onCount, onTold } = this.#options;
    const total = await this.total(name);
    await onCount?.(name, total);
    const channel = parseChannel(name);
    if (!channel || !tellsCount(channel)) return;
    const told = this.#told.get(name);
    if (told?.total === total) return;
    if (total > TELL_AT_ONCE && told && now() - told.at < TELL_EVERY_MS) {
      this.#dirty.add(name);
      this.#schedule(TELL_EVERY_MS);
      return;
    }
    if (total === 0) {
      this.#told.delete(name);
      return;
    }
    this.#told.set(name, { total, at: now() });
    await log.append({
      events: [{
        channel: name,
        event: "pusher_internal:subscription_count",
        data: { subscription_count: total },
        volatile: true,
      }],
    });
    await onTold?.(name, total);
  }
}

/** Presence channels have their members instead, and Nexora's own islands do not show counts. */
function tellsCount(channel: Channel): boolean {
  return channel.access !== "presence" && channel.subject.kind === "app";
}
