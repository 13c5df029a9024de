import { createPolicy } from "../../../lib/auth/policy.ts";
import { createQueue } from "../../../lib/queue/mod.ts";
import { signChannel, signUser } from "../../../lib/realtime/auth.ts";
import { type Connection } from "../../../lib/realtime/connection.ts";
import { DEFAULT_LIMITS, type Limits } from "../../../lib/realtime/limits.ts";
import { KvEventLog } from "../../../lib/realtime/log/log.ts";
import { Metrics } from "../../../lib/realtime/metrics.ts";
import { RealtimeServer } from "../../../lib/realtime/server.ts";
import { countingIds } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";

export const APP = { id: "1", key: "key", secret: "secret" };

// deno-lint-ignore no-explicit-any -- frames are looked at field by field
export type Frame = any;

/** The server's side of a WebSocket whose client is the test. */
export class FakeSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  bufferedAmount = 0;
  /** Each frame of the arrays, too. */
  readonly frames: Frame[] = [];
  code: number | null = null;

  open(): this {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event("open"));
    return this;
  }

  /** As Deno's: throws unless the socket is open. */
  send(text: string): void {
    if (this.readyState !== WebSocket.OPEN) {
      throw new DOMException("'readyState' not OPEN", "InvalidStateError");
    }
    const frame = JSON.parse(text);
    this.frames.push(...(Array.isArray(frame) ? frame : [frame]));
  }

  close(code?: number): void {
    if (this.readyState >= WebSocket.CLOSING) return;
    this.readyState = WebSocket.CLOSING;
    this.code = code ?? 1005;
    queueMicrotask(() => this.hangUp());
  }

  /** What the client says. */
  say(frame: unknown): void {
    const data = typeof frame === "string" ? frame : JSON.stringify(frame);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  /** The client goes. */
  hangUp(): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(new CloseEvent("close", { code: 1006 }));
  }

  events(event: string, channel?: string): Frame[] {
    return this.frames.filter((f) =>
      f.event === event && (channel === undefined || f.channel === channel)
    );
  }

  /** Waits for a frame. */
  async heard(event: string, channel?: string): Promise<Frame> {
    return await waitFor(() => this.events(event, channel)[0], {
      what: () => `${event} in ${JSON.stringify(this.frames)}`,
    });
  }
}

export interface ServerOptions {
  now?: () => number;
  limits?: Partial<Limits>;
  /** Where watches run; default: the store. */
  watchKv?: Deno.Kv;
}

/** The real-time server of one isolate, without HTTP. */
export class TestIsolate implements AsyncDisposable {
  readonly log: KvEventLog;
  readonly server: RealtimeServer;
  readonly metrics = new Metrics();
  readonly #sockets: FakeSocket[] = [];

  private constructor(kv: Deno.Kv, options: ServerOptions) {
    const now = options.now ?? Date.now;
    this.log = new KvEventLog({
      store: { kv, watchKv: options.watchKv ?? kv, remote: false },
      now,
      retention: 120_000,
    });
    this.server = new RealtimeServer({
      kv,
      now,
      log: this.log,
      metrics: this.metrics,
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      policy: createPolicy({ kv }),
      queue: createQueue({ kv, now, newId: countingIds(), native: false }),
      app: APP,
      webhooks: [],
    });
  }

  static async open(
    kv: Deno.Kv,
    options: ServerOptions = {},
  ): Promise<TestIsolate> {
    const isolate = new TestIsolate(kv, options);
    await isolate.log.open();
    await isolate.server.start();
    return isolate;
  }

  /** A connection, of a user with a session if one is named. */
  connect(
    userId?: string,
    options: { takesBatches?: boolean; opened?: boolean } = {},
  ): { socket: FakeSocket; connection: Connection; id: string } {
    const socket = new FakeSocket();
    this.#sockets.push(socket);
    const connection = this.server.accept(socket as unknown as WebSocket, {
      actor: userId === undefined ? null : { id: userId, role: "member" },
      profile: userId === undefined ? null : { handle: userId, name: userId },
      sessionHash: userId === undefined ? null : `session of ${userId}`,
      address: "10.0.0.1",
      takesBatches: options.takesBatches ?? true,
    });
    if (options.opened ?? true) socket.open();
    return { socket, connection, id: connection.id };
  }

  /** Ends as on SIGTERM, with the clients still there. */
  async end(): Promise<void> {
    await this.server.drain();
    await this.log.close();
  }

  /** The clients go first, so that nothing is spread out. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.hangUp();
    await this.end();
  }
}

/** A signed subscription to any channel. */
export function subscribe(
  socketId: string,
  channel: string,
  member?: unknown,
  extra: Record<string, unknown> = {},
) {
  const channel_data = member === undefined
    ? undefined
    : JSON.stringify(member);
  const auth = signChannel(APP, socketId, channel, channel_data);
  return {
    event: "pusher:subscribe",
    data: { channel, auth, channel_data, ...extra },
  };
}

export function signin(socketId: string, user: unknown) {
  const user_data = JSON.stringify(user);
  return {
    event: "pusher:signin",
    data: { auth: signUser(APP, socketId, user_data), user_data },
  };
}

export const SUCCEEDED = "pusher_internal:subscription_succeeded";

export const ERROR = "pusher:subscription_error";

export const plain = (
  channel: string,
  extra: Record<string, unknown> = {},
) => ({
  event: "pusher:subscribe",
  data: { channel, ...extra },
});

export function status(frame: Frame): number {
  return JSON.parse(frame.data).status;
}
