import { NexoraError } from "../errors.ts";
import { before } from "../kv/mod.ts";
import type { Channel } from "./channels.ts";
import type { ClientEvents } from "./client_events.ts";
import { type CloseKind, CLOSES } from "./closes.ts";
import {
  Connection,
  type ConnectionHost,
  type ConnectionInfo,
} from "./connection.ts";
import type { Connections } from "./connections.ts";
import { CONTROL_CHANNEL, controlEvent } from "./control.ts";
import { sendAway } from "./draining.ts";
import type { Directory } from "./directory.ts";
import type { Hub } from "./hub.ts";
import type { Deliveries } from "./inspect_deliveries.ts";
import type { Limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Nodes } from "./nodes.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Presence } from "./presence.ts";
import type { Publishing } from "./publishing.ts";
import { Obeying } from "./obeying.ts";
import { assemble, type RealtimeOptions } from "./server_parts.ts";
import type { SigningIn } from "./signing_in.ts";
import type { StreamReader, Streams } from "./streams.ts";
import type { Subscribing } from "./subscribing.ts";
import type { Webhooks } from "./webhooks.ts";
import type { ClientFrame } from "./wire.ts";

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
  readonly connections: Connections;
  readonly #options: RealtimeOptions;
  readonly #subscribing: Subscribing;
  readonly #signingIn: SigningIn;
  readonly #clientEvents: ClientEvents;
  readonly #obeying: Obeying;
  #tending: ReturnType<typeof setInterval> | null = null;
  #settling: ReturnType<typeof setInterval> | null = null;
  draining = false;
  /** Another isolate (or this one) asks for reports. */
  onInspect: ((by: string) => void) | null = null;

  constructor(options: RealtimeOptions) {
    this.#options = options;
    this.limits = options.limits;
    this.metrics = options.metrics;
    const parts = assemble(options, () => this.#revive());
    this.hub = parts.hub;
    this.nodes = parts.nodes;
    this.presence = parts.presence;
    this.occupancy = parts.occupancy;
    this.publishing = parts.publishing;
    this.directory = parts.directory;
    this.webhooks = parts.webhooks;
    this.deliveries = parts.deliveries;
    this.connections = parts.connections;
    this.streams = parts.streams;
    this.#subscribing = parts.subscribing;
    this.#signingIn = parts.signingIn;
    this.#clientEvents = parts.clientEvents;
    this.#obeying = new Obeying({
      ...parts,
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
    if (this.draining) return CLOSES.reconnect;
    return this.connections.refusal(address, this.streams.size);
  }

  /** Takes over an upgraded socket. */
  accept(socket: WebSocket, info: Omit<ConnectionInfo, "id">): Connection {
    const connection = new Connection(
      socket,
      { ...info, id: newSocketId() },
      this,
    );
    this.connections.add(connection);
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
    this.connections.came(reader.address);
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
    this.connections.remove(connection);
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
