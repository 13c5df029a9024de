import type { Actor } from "../auth/policy.ts";
import type { Channel } from "./channels.ts";
import { type CloseKind, CLOSES } from "./closes.ts";
import { errorFrame, systemFrame } from "./frames.ts";
import type { Subscriber } from "./hub.ts";
import { Bucket, type Limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Member } from "./presence_events.ts";
import { type ClientFrame, parseFrame } from "./wire.ts";

/** Somebody who signed in with `pusher:signin` or came with a session cookie. */
export interface SignedIn {
  id: string;
  info?: unknown;
  watchlist: string[];
}

/** A channel that a connection is in. */
export interface Subscription {
  channel: Channel;
  /** Let in by a signature; if not, by the policy, which may change its mind. */
  signed: boolean;
  /** Set on presence channels. */
  member?: Member;
}

/** What a connection needs of the server that accepted it. */
export interface ConnectionHost {
  readonly limits: Limits;
  readonly metrics: Metrics;
  now(): number;
  /** Handles one frame; frames of one connection are handled one after the other. Must not throw. */
  handle(connection: Connection, frame: ClientFrame): Promise<void>;
  closed(connection: Connection): void;
}

export interface ConnectionInfo {
  id: string;
  /** From the session cookie. */
  actor: Actor;
  profile: { handle: string; name: string } | null;
  sessionHash: string | null;
  address: string;
  /** Understands positions and arrays of frames: our own client. */
  takesBatches: boolean;
}

/** Seconds without a frame after which the client, then the server, sends a ping. */
export const ACTIVITY_TIMEOUT = 120;
/** Milliseconds that a pong may take. */
const PONG_TIMEOUT = 30_000;
/** Characters sent between two looks at `bufferedAmount`: reading it before each send costs 10–25 % CPU (measured). */
const LOOK_EVERY = 256 * 1_024;

/** One WebSocket. It is its own event listener: no closure a connection, so an idle one stays small. */
export class Connection implements Subscriber, EventListenerObject {
  readonly id: string;
  readonly takesBatches: boolean;
  readonly info: ConnectionInfo;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  readonly subscriptions = new Map<string, Subscription>();
  signedIn: SignedIn | null = null;
  closed = false;
  readonly #host: ConnectionHost;
  readonly #socket: WebSocket;
  readonly #frames: Bucket;
  readonly #bytes: Bucket;
  clientEvents: Bucket | null = null;
  #lastSeen: number;
  #pingedAt = 0;
  #sentSinceLook = 0;
  #slow = false;
  /** Frames that wait behind one that is being handled; `null` when none is. */
  #waiting: { frame: ClientFrame; size: number }[] | null = null;
  #waitingSize = 0;
  #draining: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, info: ConnectionInfo, host: ConnectionHost) {
    this.id = info.id;
    this.takesBatches = info.takesBatches;
    this.info = info;
    this.#host = host;
    this.#socket = socket;
    this.#lastSeen = this.openedAt = host.now();
    this.#frames = new Bucket(
      host.limits.framesPerSecond,
      host.limits.frameBurst,
      this.#lastSeen,
    );
    this.#bytes = new Bucket(
      host.limits.bytesPerSecond,
      host.limits.byteBurst,
      this.#lastSeen,
    );
    socket.addEventListener("open", this);
    socket.addEventListener("message", this);
    socket.addEventListener("close", this);
    socket.addEventListener("error", this);
  }

  handleEvent(event: Event): void {
    if (event.type === "message") this.#receive((event as MessageEvent).data);
    else if (event.type === "open") {
      this.send(
        systemFrame("pusher:connection_established", {
          socket_id: this.id,
          activity_timeout: ACTIVITY_TIMEOUT,
        }),
      );
    } else this.#end();
  }

  deliver(frame: string, volatile: boolean): void {
    this.#sentSinceLook += frame.length;
    if (this.#slow || this.#sentSinceLook > LOOK_EVERY) {
      if (!this.#hasRoom(volatile)) return;
    }
    try {
      this.#socket.send(frame);
    } catch {
      // The peer has closed and the event that says so is still to come. Everybody else must get the frame.
    }
  }

  gap(): void {
    this.close(CLOSES.reconnect);
  }

  /** Sends a frame of the protocol itself. */
  send(frame: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  error(code: number | null, message: string, channel?: string): void {
    this.send(errorFrame(code, message, channel));
  }

  close({ code, reason }: CloseKind): void {
    if (this.closed) return;
    if (this.#socket.readyState === WebSocket.OPEN) {
      if (code < 4200) this.error(code, reason);
      this.#socket.close(code, reason);
    } else if (this.#socket.readyState === WebSocket.CONNECTING) {
      const socket = this.#socket;
      socket.addEventListener("open", () => socket.close(code, reason));
    }
    this.#host.metrics.closed(code);
    this.#end();
  }

  /** Resolves once the socket is gone: the peer has answered the close, or the line broke. */
  gone(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) =>
      this.#socket.addEventListener("close", () => resolve(), { once: true })
    );
  }

  /** Looks after an idle or slow connection; called every few seconds. */
  tend(now: number): void {
    if (this.#slow || this.#socket.bufferedAmount > this.#host.limits.slowAt) {
      this.#hasRoom(false);
    }
    if (this.closed) return;
    if (this.#pingedAt > 0) {
      // It was silent when it was pinged, so whatever came since, in the same millisecond too, is a sign of life.
      if (this.#lastSeen >= this.#pingedAt) this.#pingedAt = 0;
      else if (now - this.#pingedAt > PONG_TIMEOUT) {
        this.close(CLOSES.pongMissing);
      }
    } else if (now - this.#lastSeen > ACTIVITY_TIMEOUT * 1_000) {
      this.#pingedAt = now;
      this.send(systemFrame("pusher:ping", {}));
    }
  }

  /** Whether a frame may be sent to a client that may be reading slowly; closes it when too much waits. */
  #hasRoom(volatile: boolean): boolean {
    const { limits, metrics } = this.#host;
    this.#sentSinceLook = 0;
    const waiting = this.#socket.bufferedAmount;
    this.#slow = waiting > limits.slowAt;
    if (waiting > limits.closeAt) {
      metrics.drop("slow_consumer");
      this.close(CLOSES.slowConsumer);
      return false;
    }
    if (this.#slow && volatile) {
      metrics.drop("volatile_to_slow_client");
      return false;
    }
    return true;
  }

  #receive(data: unknown): void {
    const { limits, metrics } = this.#host;
    const now = this.#host.now();
    this.#lastSeen = now;
    metrics.framesIn++;
    if (typeof data !== "string") {
      this.error(null, "Frames are JSON text");
      return;
    }
    metrics.bytesIn += data.length;
    if (data.length > limits.frameBytes) {
      metrics.drop("frame_too_large");
      this.error(null, `A frame holds at most ${limits.frameBytes} bytes`);
      return;
    }
    if (!this.#frames.take(now)) {
      metrics.drop("frame_rate");
      this.error(4301, `At most ${limits.framesPerSecond} frames a second`);
      return;
    }
    if (!this.#bytes.take(now, data.length)) {
      metrics.drop("byte_rate");
      this.error(4301, `At most ${limits.bytesPerSecond} bytes a second`);
      return;
    }
    const parsed = parseFrame(data);
    if (!parsed.ok) {
      metrics.drop("bad_frame");
      this.error(null, parsed.message);
      return;
    }
    const { frame } = parsed;
    // Liveness never waits behind a subscription that asks the store.
    if (frame.event === "pusher:ping") {
      this.send(systemFrame("pusher:pong", {}));
    } else if (frame.event !== "pusher:pong") this.#enqueue(frame, data.length);
  }

  /** Whether a frame is being handled: what it asks for is not settled yet. */
  get busy(): boolean {
    return this.#waiting !== null;
  }

  /** Resolves once the frames that have come so far are handled. */
  async settled(): Promise<void> {
    await this.#draining;
  }

  /** Frames that change something are handled in the order in which they came. */
  #enqueue(frame: ClientFrame, size: number): void {
    if (!this.#waiting) {
      this.#waiting = [{ frame, size }];
      this.#waitingSize = size;
      this.#draining = this.#drain();
      return;
    }
    this.#waitingSize += size;
    if (this.#waitingSize > this.#host.limits.waitingBytes) {
      // The store is slow or away: better that the client comes back later than that its frames pile up here.
      this.#host.metrics.drop("frames_waiting");
      this.close(CLOSES.overCapacity);
      return;
    }
    this.#waiting.push({ frame, size });
  }

  async #drain(): Promise<void> {
    const waiting = this.#waiting!;
    while (waiting.length > 0 && !this.closed) {
      await this.#host.handle(this, waiting[0]!.frame);
      this.#waitingSize -= waiting.shift()!.size;
    }
    this.#waiting = null;
  }

  #end(): void {
    if (this.closed) return;
    this.closed = true;
    for (const type of ["open", "message", "close", "error"]) {
      this.#socket.removeEventListener(type, this);
    }
    this.#host.closed(this);
  }
}
