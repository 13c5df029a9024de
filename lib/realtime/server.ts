import type { Policy } from "../auth/policy.ts";
import type { Clock } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { before } from "../kv/mod.ts";
import type { Queue } from "../queue/types.ts";
import type { AppCredentials } from "./auth.ts";
import { CachedEvents } from "./cached_events.ts";
import type { Channel } from "./channels.ts";
import { ClientEvents } from "./client_events.ts";
import { type CloseKind, CLOSES } from "./closes.ts";
import {
  Connection,
  type ConnectionHost,
  type ConnectionInfo,
} from "./connection.ts";
import { ConnectionIndex } from "./connection_index.ts";
import { CONTROL_CHANNEL, controlEvent } from "./control.ts";
import { sendAway } from "./draining.ts";
import { Directory } from "./directory.ts";
import { Hub } from "./hub.ts";
import { Deliveries } from "./inspect_deliveries.ts";
import type { Limits } from "./limits.ts";
import type { KvEventLog } from "./log/log.ts";
import type { Metrics } from "./metrics.ts";
import { Nodes } from "./nodes.ts";
import { Occupancy } from "./occupancy.ts";
import { Presence } from "./presence.ts";
import { Publishing } from "./publishing.ts";
import { type RetentionByKind, retentionOf } from "./retention.ts";
import { Obeying } from "./obeying.ts";
import { SigningIn } from "./signing_in.ts";
import { type StreamReader, Streams } from "./streams.ts";
import { Subscribing } from "./subscribing.ts";
import type { Tracing } from "./tracing.ts";
import { type Endpoint, Webhooks } from "./webhooks.ts";
import type { ClientFrame } from "./wire.ts";

export interface RealtimeOptions {
  kv: Deno.Kv;
  now: Clock;
  log: KvEventLog;
  metrics: Metrics;
  limits: Limits;
  policy: Policy;
  queue: Queue;
  app: AppCredentials;
  webhooks: Endpoint[];
  tracing?: Tracing;
  /** Milliseconds between two heartbeats of an isolate. */
  heartbeat?: number;
  /** How far back channels can be resumed, by kind. */
  retention?: RetentionByKind;
}

/** Milliseconds between two looks at every connection. */
const TEND_EVERY = 5_000;
/** Milliseconds between two attempts to write the leaves that the store could not take. */
const SETTLE_EVERY = 5_000;
/** Milliseconds that a drain gives to writing what this isolate held; the others' sweep does the rest. */
const FAREWELL_DEADLINE = 1_000;

/** The real-time server of one isolate. */
export class RealtimeServer implements ConnectionHost {
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly hub: Hub;
  readonly nodes: Nodes;
  readonly presence: Presence;
  readonly occupancy: Occupancy;
  readonly publishing: Publishing;
  readonly directory: Directory;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly streams: Streams;
  readonly connections = new Set<Connection>();
  readonly #options: RealtimeOptions;
  readonly #subscribing: Subscribing;
  readonly #signingIn: SigningIn;
  readonly #clientEvents: ClientEvents;
  readonly #obeying: Obeying;
  readonly #index = new ConnectionIndex();
  #tending: ReturnType<typeof setInterval> | null = null;
  #settling: ReturnType<typeof setInterval> | null = null;
  draining = false;
  /** Another isolate (or this one) asks for reports. */
  onInspect: ((by: string) => void) | null = null;

  constructor(options: RealtimeOptions) {
    const { kv, now, log, metrics, limits, policy, queue, app } = options;
    this.#options = options;
    this.limits = limits;
    this.metrics = metrics;
    const byKind = options.retention ?? {};
    this.hub = new Hub({
      log,
      now,
      metrics,
      retentionOf: (channel) => retentionOf(channel, byKind),
    });
    this.nodes = new Nodes({
      kv,
      now,
      sweep: async (nodeId) => {
        await this.presence.sweep(nodeId);
        await this.occupancy.sweep(nodeId);
      },
      revive: () => this.#revive(),
      heartbeat: options.heartbeat,
    });
    this.deliveries = new Deliveries({ kv, now, nodeId: this.nodes.id });
    this.webhooks = new Webhooks({
      delivered: (outcome) => this.deliveries.note(outcome),
      kv,
      now,
      queue,
      app,
      fixed: options.webhooks,
      total: (channel) => this.occupancy.total(channel),
    });
    this.presence = new Presence({
      kv,
      log,
      nodeId: () => this.nodes.id,
      maxMembers: limits.presenceMembers,
      onChange: ({ name, channel, userId }) =>
        this.webhooks.plan({ name, channel, user_id: userId }),
    });
    this.occupancy = new Occupancy({
      kv,
      now,
      log,
      hub: this.hub,
      nodes: this.nodes,
      counts: () => this.webhooks.wantsCounts(),
      onCount: (channel, total) => this.webhooks.counted(channel, total),
      onTold: (channel, total) =>
        this.webhooks.emit({
          name: "subscription_count",
          channel,
          subscription_count: total,
        }),
    });
    this.streams = new Streams({
      hub: this.hub,
      policy,
      changed: (channel) => this.occupancy.changed(channel),
      left: (address) => this.#index.left(address),
    });
    const cached = new CachedEvents({
      kv,
      now,
      onMiss: (channel) => this.webhooks.emit({ name: "cache_miss", channel }),
    });
    this.publishing = new Publishing({
      kv,
      log,
      limits,
      cached,
      occupancy: this.occupancy,
      presence: this.presence,
      metrics,
      tracing: options.tracing,
    });
    this.directory = new Directory({
      log,
      occupancy: this.occupancy,
      presence: this.presence,
      publishing: this.publishing,
    });
    this.#subscribing = new Subscribing({
      app,
      hub: this.hub,
      policy,
      presence: this.presence,
      cached,
      limits,
      metrics,
      changed: (channel) => this.occupancy.changed(channel),
    });
    this.#signingIn = new SigningIn({
      app,
      hub: this.hub,
      presence: this.presence,
      limits,
      metrics,
      signedIn: (connection, userId) => this.#index.belongs(connection, userId),
    });
    this.#clientEvents = new ClientEvents({
      log,
      policy,
      limits,
      metrics,
      now,
      emit: (event) => this.webhooks.emit(event),
    });
    this.#obeying = new Obeying({
      connections: this.connections,
      index: this.#index,
      nodes: this.nodes,
      streams: this.streams,
      subscribing: this.#subscribing,
      onInspect: (by) => this.onInspect?.(by),
    });
  }

  now(): number {
    return this.#options.now();
  }

  async start(): Promise<void> {
    await this.nodes.start();
    await this.hub.attach(
      CONTROL_CHANNEL,
      {
        id: "control",
        takesBatches: false,
        deliver: (frame) => this.#obeying.hear(frame),
        // Something may have been said that was not heard.
        gap: () => this.#obeying.recheck(null),
      },
      null,
      () => {},
    );
    await this.webhooks.endpoints();
    await this.#options.log.append({
      events: [controlEvent({ type: "node-up", nodeId: this.nodes.id })],
    });
    this.#settling = setInterval(() => {
      this.presence.settle().catch(() => {});
    }, SETTLE_EVERY);
    this.#tending = setInterval(() => {
      const now = this.now();
      for (const connection of this.connections) connection.tend(now);
    }, TEND_EVERY);
  }

  /** Why a new connection is refused, or `null` if it may come. */
  refusal(address: string): CloseKind | null {
    const { connections, connectionsPerAddress } = this.limits;
    if (this.draining) return CLOSES.reconnect;
    if (this.connections.size + this.streams.size >= connections) {
      this.metrics.drop("connections");
      return CLOSES.overCapacity;
    }
    if (this.#index.count(address) >= connectionsPerAddress) {
      this.metrics.drop("connections_per_address");
      return CLOSES.overCapacity;
    }
    return null;
  }

  /** Takes over an upgraded socket. */
  accept(socket: WebSocket, info: Omit<ConnectionInfo, "id">): Connection {
    const connection = new Connection(
      socket,
      { ...info, id: newSocketId() },
      this,
    );
    this.connections.add(connection);
    this.metrics.connectionsOpened++;
    this.metrics.connections = this.connections.size;
    this.#index.came(info.address);
    if (info.actor) this.#index.belongs(connection, info.actor.id);
    return connection;
  }

  /**
   * Opens a stream of channels that the reader may see. It counts as a connection.
   *
   * @throws {NexoraError} `draining`, `rate_limited`, `bad_request` when `since` does not fit the channels
   */
  stream(
    channels: Channel[],
    since: string | null,
    reader: StreamReader,
  ): ReadableStream<Uint8Array> {
    const refusal = this.refusal(reader.address);
    if (refusal) {
      throw new NexoraError(
        this.draining ? "draining" : "rate_limited",
        this.draining ? undefined : refusal.reason,
        { retryAfter: 1 },
      );
    }
    const body = this.streams.open(channels, since, reader);
    this.#index.came(reader.address);
    return body;
  }

  async handle(connection: Connection, frame: ClientFrame): Promise<void> {
    try {
      if ("client" in frame) {
        await this.#clientEvents.publish(connection, frame);
      } else if (frame.event === "pusher:subscribe") {
        await this.#subscribing.subscribe(connection, frame.data);
      } else if (frame.event === "pusher:unsubscribe") {
        await this.#subscribing.unsubscribe(connection, frame.data.channel);
      } else if (frame.event === "pusher:signin") {
        await this.#signingIn.signin(connection, frame.data);
      }
    } catch (error) {
      console.error("frame failed", frame.event, error);
      connection.error(null, "Something went wrong on our side, try again");
    }
  }

  closed(connection: Connection): void {
    this.connections.delete(connection);
    this.metrics.connections = this.connections.size;
    this.#index.left(connection.info.address);
    this.#index.forget(connection);
    for (const channel of [...connection.subscriptions.keys()]) {
      void this.#subscribing.unsubscribe(connection, channel);
    }
    void this.#signingIn.closed(connection);
  }

  /** Closes every connection of a user, in every isolate. */
  async terminate(userId: string): Promise<void> {
    await this.#options.log.append({
      events: [controlEvent({ type: "terminate", userId })],
    });
  }

  /** Asks all other isolates to report what they do. */
  async inspectOthers(): Promise<void> {
    await this.#options.log.append({
      events: [
        {
          ...controlEvent({ type: "inspect", by: this.nodes.id }),
          volatile: true,
        },
      ],
    });
  }

  /** Stops accepting and sends the clients elsewhere, spread out so that they do not all come back at once. */
  async drain(): Promise<void> {
    this.draining = true;
    for (const timer of [this.#tending, this.#settling]) {
      if (timer !== null) clearInterval(timer);
    }
    this.streams.endAll();
    await sendAway([...this.connections]);
    const farewell = Promise.all([this.presence.stop(), this.occupancy.stop()])
      .then(() => Promise.all([this.nodes.stop(), this.webhooks.flush()]));
    await before(farewell, FAREWELL_DEADLINE).catch(() => {});
  }

  /** Others took this isolate for dead and have told so: its members and counts are written again. */
  async #revive(): Promise<void> {
    this.occupancy.rewrite();
    for (const connection of this.connections) {
      await this.#subscribing.rejoin(connection);
      await this.#signingIn.rejoin(connection);
    }
  }
}

/** `123.456`: two random numbers, as Pusher's. */
function newSocketId(): string {
  const [a, b] = crypto.getRandomValues(new Uint32Array(2));
  return `${a}.${b}`;
}
