import type { Clock } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { DEFAULT_RETENTION, type Retention } from "./channels.ts";
import { eventFrame } from "./frames.ts";
import type { KvEventLog } from "./log/log.ts";
import { remember, type ShardMemory } from "./log/memory.ts";
import type { Batch } from "./log/rows.ts";
import { shardOf } from "./log/shards.ts";
import type { LoggedEvent } from "./log/types.ts";
import type { Metrics } from "./metrics.ts";
import type { Position } from "./position.ts";

/** Somebody to whom frames go: a WebSocket connection, an SSE stream, an observer inside the server. */
export interface Subscriber {
  /** Socket id; an event with `except` equal to it is not for them. */
  readonly id: string;
  /** Takes a JSON array of frames as one message. */
  readonly takesBatches: boolean;
  /** Must not throw. Volatile frames may be dropped. */
  deliver(frame: string, volatile: boolean): void;
  /** Events were missed that cannot be had any more: the subscriber must start anew. */
  gap(channel: string): void;
}

/** How a subscription began. */
export interface Attached {
  /** Everything after this follows. */
  position: Position;
  /** `since` was given and everything after it follows. */
  recovered: boolean;
  /** `since` was given and is too old. */
  expired: boolean;
}

interface Outgoing {
  frame: string;
  volatile: boolean;
  except?: string;
  skip?: string;
}

interface ChannelState {
  live: Set<Subscriber>;
  /** Live frames that wait behind a replay. */
  gated: Map<Subscriber, Outgoing[]>;
}

/** The publisher's own socket gets, if it understands positions, only the position. */
function deliverTo(
  subscriber: Subscriber,
  { frame, volatile, except, skip }: Outgoing,
): void {
  if (except !== subscriber.id) subscriber.deliver(frame, volatile);
  else if (skip !== undefined && subscriber.takesBatches) {
    subscriber.deliver(skip, false);
  }
}

export interface HubOptions {
  log: KvEventLog;
  now: Clock;
  metrics: Metrics;
  retentionOf?: (channel: string) => Retention;
}

/** Who listens to what in this isolate, and the path from a committed batch to their sockets. */
export class Hub {
  readonly #channels = new Map<string, ChannelState>();
  readonly #options: HubOptions;
  /** Sees every event of the followed shards, volatile ones included (webhooks, the admin's live stream). */
  readonly observers = new Set<(event: LoggedEvent) => void>();

  constructor(options: HubOptions) {
    this.#options = options;
    options.log.listen({
      onBatch: (_shard, batch, memory) => this.#dispatch(batch, memory),
      onGap: (shard) => this.#gap(shard),
    });
  }

  /** Channels with subscribers in this isolate, with their number. */
  *channels(): Generator<[channel: string, subscribers: number]> {
    for (const [channel, state] of this.#channels) {
      yield [channel, state.live.size + state.gated.size];
    }
  }

  count(channel: string): number {
    const state = this.#channels.get(channel);
    return state ? state.live.size + state.gated.size : 0;
  }

  subscribers(channel: string): Iterable<Subscriber> {
    const state = this.#channels.get(channel);
    return state ? [...state.live, ...state.gated.keys()] : [];
  }

  /**
   * Subscribes. `begin` is called once, just before the first frame: nothing is lost or doubled between the two. What
   * it returns is sent first. A subscriber that was detached meanwhile gets nothing.
   *
   * @throws {NexoraError} `store_unavailable`
   */
  async attach(
    channel: string,
    subscriber: Subscriber,
    since: Position | null,
    begin: (attached: Attached) => void | Promise<void>,
  ): Promise<void> {
    const { log, metrics } = this.#options;
    const state = this.#state(channel);
    const gate: Outgoing[] = [];
    state.gated.set(subscriber, gate);
    metrics.subscriptions++;
    try {
      if (!log.isFollowing(channel)) await log.follow(channel);
      if (since) await log.catchUp(channel, since);
      // From here on the gate holds everything after `position`.
      const position = log.delivered(channel);
      gate.length = 0;
      const replay = since ? await this.#replay(channel, since, position) : [];
      if (since) replay ? metrics.resumes++ : metrics.resumesExpired++;
      if (state.gated.get(subscriber) !== gate) return;
      const begun = begin({
        position: since && replay ? since : position,
        recovered: since !== null && replay !== null,
        expired: since !== null && replay === null,
      });
      if (begun) await begun;
      if (state.gated.get(subscriber) !== gate) return;
      for (const entry of replay ?? []) deliverTo(subscriber, entry);
      for (const entry of gate) deliverTo(subscriber, entry);
      metrics.deliveries += (replay?.length ?? 0) + gate.length;
      state.gated.delete(subscriber);
      state.live.add(subscriber);
    } catch (error) {
      // Detached and attached again meanwhile, it is no longer this attachment's to take away.
      if (state.gated.get(subscriber) === gate) {
        this.detach(channel, subscriber);
      }
      throw error;
    }
  }

  /** Unsubscribes; harmless if it was not subscribed. Returns whether it was. */
  detach(channel: string, subscriber: Subscriber): boolean {
    const state = this.#channels.get(channel);
    if (!state) return false;
    const was = state.live.delete(subscriber) || state.gated.delete(subscriber);
    if (was) this.#options.metrics.subscriptions--;
    if (state.live.size === 0 && state.gated.size === 0) {
      this.#channels.delete(channel);
    }
    return was;
  }

  #state(channel: string): ChannelState {
    let state = this.#channels.get(channel);
    if (!state) {
      state = { live: new Set(), gated: new Map() };
      this.#channels.set(channel, state);
    }
    return state;
  }

  /** The frames between `since` and `upTo`, or `null` if they are not to be had within the channel's retention. */
  async #replay(
    channel: string,
    since: Position,
    upTo: Position,
  ): Promise<Outgoing[] | null> {
    const { log, now, retentionOf } = this.#options;
    const retention = retentionOf?.(channel) ?? DEFAULT_RETENTION;
    let missed = log.remembered(channel, since);
    if (!missed) {
      try {
        let before = since;
        missed = (await log.read(channel, since, upTo, retention.count + 1))
          .map((event) => {
            const entry = remember(event, before);
            before = event.position;
            return entry;
          });
      } catch (error) {
        if (error instanceof NexoraError && error.code === "position_expired") {
          return null;
        }
        throw error;
      }
    }
    const oldest = now() - retention.age;
    if (missed.length > retention.count || (missed[0]?.at ?? oldest) < oldest) {
      return null;
    }
    return missed.map((entry) => ({ ...entry, volatile: false }));
  }

  #dispatch(batch: Batch, memory: ShardMemory): void {
    const { metrics, now } = this.#options;
    const { events } = batch;
    if (events.length === 0) return;
    metrics.lagSeconds.observe(Math.max(0, now() - events[0]!.at) / 1_000);
    if (events.length === 1) {
      this.#dispatchOne(events[0]!, memory);
      return;
    }
    const byChannel = new Map<string, LoggedEvent[]>();
    for (const event of events) {
      const list = byChannel.get(event.channel);
      if (list) list.push(event);
      else byChannel.set(event.channel, [event]);
    }
    for (const [channel, list] of byChannel) {
      if (list.length === 1) this.#dispatchOne(list[0]!, memory);
      else this.#dispatchMany(channel, list, memory);
    }
  }

  #dispatchOne(event: LoggedEvent, memory: ShardMemory): void {
    const entry: Outgoing = event.volatile
      ? { frame: eventFrame(event), except: event.except, volatile: true }
      : { ...memory.add(event), volatile: false };
    for (const observe of this.observers) observe(event);
    const state = this.#channels.get(event.channel);
    if (!state) return;
    if (entry.except === undefined) {
      const { frame, volatile } = entry;
      for (const subscriber of state.live) subscriber.deliver(frame, volatile);
    } else {
      for (const subscriber of state.live) deliverTo(subscriber, entry);
    }
    for (const gate of state.gated.values()) gate.push(entry);
    this.#count(state.live.size, entry.frame);
  }

  /** Several events of one channel in one commit go as one message to those who take arrays. */
  #dispatchMany(
    channel: string,
    events: LoggedEvent[],
    memory: ShardMemory,
  ): void {
    const entries = events.map((event): Outgoing => {
      for (const observe of this.observers) observe(event);
      return event.volatile
        ? { frame: eventFrame(event), except: event.except, volatile: true }
        : { ...memory.add(event), volatile: false };
    });
    const state = this.#channels.get(channel);
    if (!state) return;
    const alike = entries.every((entry) =>
      entry.except === undefined && !entry.volatile
    );
    const joined = alike
      ? `[${entries.map((entry) => entry.frame).join(",")}]`
      : "";
    for (const subscriber of state.live) {
      if (alike && subscriber.takesBatches) subscriber.deliver(joined, false);
      else for (const entry of entries) deliverTo(subscriber, entry);
    }
    for (const gate of state.gated.values()) gate.push(...entries);
    for (const entry of entries) this.#count(state.live.size, entry.frame);
  }

  #count(subscribers: number, frame: string): void {
    this.#options.metrics.deliveries += subscribers;
    this.#options.metrics.bytesOut += subscribers * frame.length;
  }

  #gap(shard: number): void {
    for (const [channel, state] of this.#channels) {
      if (shardOf(channel) !== shard) continue;
      for (const subscriber of [...state.live, ...state.gated.keys()]) {
        subscriber.gap(channel);
      }
    }
  }
}
