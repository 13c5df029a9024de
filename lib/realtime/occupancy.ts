import type { Clock } from "../clock.ts";
import { commit, del, keys, set } from "../kv/mod.ts";
import { type Channel, parseChannel } from "./channels.ts";
import type { Hub } from "./hub.ts";
import type { EventLog } from "./log/types.ts";
import type { Nodes } from "./nodes.ts";

export interface OccupancyOptions {
  kv: Deno.Kv;
  now: Clock;
  log: EventLog;
  hub: Pick<Hub, "count" | "channels">;
  nodes: Pick<Nodes, "id" | "others" | "isAlive">;
  /** Whether `onCount` wants to know at all; without it, counts are read for nobody. */
  counts?: () => boolean;
  /** A channel's count has changed; `total` is over all isolates. */
  onCount?: (channel: string, total: number) => Promise<void>;
  /** A channel's count was told to its subscribers. */
  onTold?: (channel: string, total: number) => void;
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
  /** What this isolate told last, and what it had itself then; `own` is `null` when others may have told since. */
  readonly #told = new Map<
    string,
    { total: number; own: number | null; at: number }
  >();
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** When the timer fires, of `performance.now()`. */
  #due = 0;
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
      const channel = String(key[2]);
      // What it had was told by itself: this isolate's own last word may be another.
      this.#doubt(channel);
      await this.#tell(channel);
    }
  }

  /** Writes everything again, after others have taken it away. */
  rewrite(): void {
    this.#written.clear();
    for (const [channel] of this.#options.hub.channels()) {
      this.#doubt(channel);
      this.changed(channel);
    }
  }

  /** Lets the next look tell the count, whatever was told last. */
  #doubt(channel: string): void {
    const told = this.#told.get(channel);
    if (told) told.own = null;
  }

  /** Takes this isolate's rows away, and says so where nobody is left. Its subscribers are gone by now. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#flushing;
    const left = [...this.#written.keys()];
    for (const channel of left) this.#dirty.add(channel);
    await this.#flush(false);
    const { counts, onCount } = this.#options;
    if (!counts?.()) return;
    await Promise.all(left.map(async (channel) => {
      if (await this.total(channel) === 0) await onCount?.(channel, 0);
    }));
  }

  /** Lets the next flush come within `ms` milliseconds. */
  #schedule(ms: number): void {
    const due = performance.now() + ms;
    if (this.#timer !== null) {
      if (this.#due <= due) return;
      clearTimeout(this.#timer);
    }
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flushing = this.#flushing.then(() => this.#flush(true));
    }, ms);
  }

  async #flush(tell: boolean): Promise<void> {
    const dirty = [...this.#dirty];
    // What changes while this is being written is dirty again.
    this.#dirty.clear();
    for (let i = 0; i < dirty.length; i += ROWS_PER_COMMIT) {
      try {
        const channels = dirty.slice(i, i + ROWS_PER_COMMIT);
        await this.#write(channels);
        if (tell) { for (const channel of channels) await this.#tell(channel); }
      } catch {
        // The store is away.
        if (this.#stopped) return;
        for (const channel of dirty.slice(i)) this.#dirty.add(channel);
        this.#schedule(TELL_EVERY_MS);
        return;
      }
    }
  }

  async #write(channels: string[]): Promise<void> {
    const { kv, hub, nodes } = this.#options;
    const counts = channels
      .map((channel) =>
        [channel, this.#stopped ? 0 : hub.count(channel)] as const
      )
      .filter(([channel, n]) => n !== (this.#written.get(channel) ?? 0));
    if (counts.length === 0) return;
    await commit(kv, {
      mutations: counts.map(([channel, n]) => {
        const key = keys.occupied(channel, nodes.id);
        return n > 0 ? set(key, n) : del(key);
      }),
    });
    for (const [channel, n] of counts) {
      if (n > 0) this.#written.set(channel, n);
      else this.#written.delete(channel);
    }
  }

  /** Sends `subscription_count`: at once up to 100 subscribers, then every 5 s. */
  async #tell(name: string): Promise<void> {
    const { log, now, hub, counts, onCount, onTold } = this.#options;
    const channel = parseChannel(name);
    const tells = channel !== null && tellsCount(channel);
    if (!tells && !counts?.()) return;
    const total = await this.total(name);
    if (counts?.()) await onCount?.(name, total);
    if (!tells) return;
    const told = this.#told.get(name);
    const own = hub.count(name);
    // What others hold, they tell.
    if (own === 0) this.#told.delete(name);
    // The same sum of other parts is told again: the others have told theirs in between.
    if (total === 0 || (told?.total === total && told.own === own)) return;
    const wait = told ? told.at + TELL_EVERY_MS - now() : 0;
    if (total > TELL_AT_ONCE && wait > 0) {
      if (this.#stopped) return;
      this.#told.set(name, told!);
      this.#dirty.add(name);
      this.#schedule(wait);
      return;
    }
    if (own > 0) this.#told.set(name, { total, own, at: now() });
    await log.append({
      events: [{
        channel: name,
        event: "pusher_internal:subscription_count",
        data: { subscription_count: total },
        volatile: true,
      }],
    });
    onTold?.(name, total);
    // Another isolate may have counted more and told it before this one told less.
    if (!this.#stopped && await this.total(name) !== total) this.changed(name);
  }
}

/** Presence channels have their members instead, and Nexora's own islands do not show counts. */
function tellsCount(channel: Channel): boolean {
  return channel.access !== "presence" && channel.subject.kind === "app";
}
