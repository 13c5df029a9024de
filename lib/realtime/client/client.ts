import { batch, type ReadonlySignal } from "@preact/signals";
import { SECOND } from "../../clock.ts";
import { parsePosition } from "../position.ts";
import { call, failureOf } from "./api.ts";
import { backoffDelay } from "./backoff.ts";
import { Connection, type ConnectionState } from "./connection.ts";
import type { Environment } from "./environment.ts";
import { type ChannelHandlers, Feed, type FeedPort } from "./feed.ts";
import type { Frame } from "./frames.ts";

/** A subscribe without an answer for so long means that the connection is not what it seems. */
const ANSWER = 20 * SECOND;

/** Nexora's own channels are opened by the session cookie; of the others, those of Pusher's private kinds are signed. */
function needsSignature(channel: string): boolean {
  return /^(private|presence)-(?!(guild|dm|dispute|call|user)-)/.test(channel);
}

/** The address of the socket on this page's origin. */
export function socketUrl(origin: string, key: string): string {
  return `${origin.replace(/^http/, "ws")}/app/${
    encodeURIComponent(key)
  }?protocol=7&client=nexora-js&version=0.1.0&batch=1`;
}

/** Hears what belongs to no channel. */
export interface ConnectionListener {
  /** The connection is up, for the first time or again. */
  onUp(socketId: string): void;
  onFrame(frame: Frame): void;
}

/** The page's one connection and the channels on it. */
export class Client {
  readonly #env: Environment;
  readonly #connection: Connection;
  readonly #feeds = new Map<string, Feed>();
  readonly #listeners = new Set<ConnectionListener>();
  /** What a channel waits for: the answer to its subscribe, or its next attempt. */
  readonly #timers = new Map<string, () => void>();
  readonly #port: FeedPort = {
    subscribe: (channel, since) => void this.#subscribe(channel, since),
    unsubscribe: (channel) => {
      this.#connection.send("pusher:unsubscribe", { channel });
    },
    retry: (channel, attempts) =>
      this.#wait(
        channel,
        backoffDelay(attempts + 1, this.#env.random),
        () => this.#feeds.get(channel)?.subscribe(),
      ),
  };

  constructor(env: Environment, url: string) {
    this.#env = env;
    this.#connection = new Connection(env, url, {
      onUp: () => {
        for (const feed of this.#feeds.values()) feed.subscribe();
        for (const one of this.#listeners) one.onUp(this.#connection.socketId!);
      },
      onDown: () => {
        for (const feed of [...this.#feeds.values()]) {
          this.#wait(feed.channel, 0);
          feed.down();
          this.#settle(feed);
        }
      },
      onFrame: (frame) => this.#take(frame),
      inOne: batch,
    });
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#connection.state;
  }

  /** Why it is not connected, in the server's words, if it gave any. */
  get reason(): ReadonlySignal<string | null> {
    return this.#connection.reason;
  }

  /** Connects now: the first time, after `stop`, or instead of waiting for the next attempt. */
  connect(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#connection.stop();
  }

  /**
   * Listens to a channel; connects if nobody has yet. Listeners of one channel share one subscription, which ends
   * with the last of them. Returns what ends this one.
   */
  subscribe(channel: string, handlers: ChannelHandlers): () => void {
    let feed = this.#feeds.get(channel);
    if (!feed) this.#feeds.set(channel, feed = new Feed(channel, this.#port));
    const current = feed;
    const remove = current.add(
      handlers,
      handlers.since === undefined ? null : parsePosition(handlers.since),
    );
    if (this.#connection.socketId) {
      if (!this.#timers.has(channel)) current.subscribe();
    } else if (this.state.peek() === "connecting") this.connect();
    return () => {
      remove();
      this.#settle(current);
    };
  }

  /** Listens to the connection itself; told at once if it is up. Returns what ends it. */
  listen(listener: ConnectionListener): () => void {
    this.#listeners.add(listener);
    const { socketId } = this.#connection;
    if (socketId) listener.onUp(socketId);
    return () => this.#listeners.delete(listener);
  }

  /** Says who this is, as signed by `/api/realtime/user-auth` for this connection. */
  signIn(signature: { auth: unknown; user_data: unknown }): void {
    this.#connection.send("pusher:signin", signature);
  }

  /** Sends a client event (`client-…`) to the others on a private or presence channel. Dropped when not connected. */
  trigger(channel: string, event: string, data: unknown): boolean {
    return this.#connection.send(event, data, channel);
  }

  async #subscribe(channel: string, since: string | null): Promise<void> {
    const { socketId } = this.#connection;
    this.#wait(channel, ANSWER, () => this.#connection.restart());
    let signature: Record<string, unknown> = {};
    if (needsSignature(channel)) {
      try {
        signature = await call(
          this.#env,
          "POST",
          "/api/realtime/auth",
          new URLSearchParams({ socket_id: socketId!, channel_name: channel }),
        );
      } catch (error) {
        if (socketId !== this.#connection.socketId) return;
        const { status, message } = failureOf(error);
        this.#wait(channel, 0);
        this.#feeds.get(channel)?.refused({ status, error: message });
        return;
      }
      if (socketId !== this.#connection.socketId) return;
    }
    this.#connection.send("pusher:subscribe", {
      channel,
      auth: signature.auth,
      channel_data: signature.channel_data,
      since: since ?? undefined,
    });
  }

  #take(frame: Frame): void {
    const feed = this.#feeds.get(frame.channel ?? "");
    if (!feed) {
      for (const one of this.#listeners) one.onFrame(frame);
      return;
    }
    const waited = feed.subscribing;
    if (waited && /^pusher(_internal)?:subscription_[se]/.test(frame.event)) {
      this.#wait(feed.channel, 0);
    }
    feed.receive(frame);
    if (waited) this.#settle(feed);
  }

  /** Lets go of a feed that nobody listens to. */
  #settle(feed: Feed): void {
    if (!feed.idle || this.#feeds.get(feed.channel) !== feed) return;
    this.#feeds.delete(feed.channel);
    this.#wait(feed.channel, 0);
    this.#port.unsubscribe(feed.channel);
  }

  #wait(channel: string, ms: number, run?: () => void): void {
    this.#timers.get(channel)?.();
    this.#timers.delete(channel);
    if (!run) return;
    this.#timers.set(
      channel,
      this.#env.after(ms, () => {
        this.#timers.delete(channel);
        run();
      }),
    );
  }
}
