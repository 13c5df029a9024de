import { type ReadonlySignal, signal } from "@preact/signals";
import { SECOND } from "../../clock.ts";
import { reconnectDelay } from "./backoff.ts";
import type { Environment, Nudge, Wire } from "./environment.ts";
import { type Frame, isFields, readFrames } from "./frames.ts";

/**
 * `connecting`: for the first time; `reconnecting`: again, or waiting to; `offline`: the same, and the browser says
 * there is no network; `stopped`: the server told it to give up, or `stop` was called.
 */
export type ConnectionState =
  | "connecting"
  | "connected"
  | "reconnecting"
  | "offline"
  | "stopped";

export interface ConnectionEvents {
  /** May be sent on from now. */
  onUp(): void;
  onDown(): void;
  onFrame(frame: Frame): void;
  /** All frames of one message have been handed over inside `run`. */
  inOne(run: () => void): void;
}

/** Longest silence before a ping; the server may ask for less. A dead network is seen this much + `PONG` later. */
const ACTIVITY = 45 * SECOND;
const PONG = 10 * SECOND;
/** After waking up the answer should be quick, or the socket is a leftover. */
const WAKE_PONG = 4 * SECOND;
const HANDSHAKE = 15 * SECOND;
/** A connection that lived this long was a good one: failures are counted anew. */
const STABLE = 10 * SECOND;
const LOST = 1006;

/** One connection that is made again for as long as the close codes allow. */
export class Connection {
  readonly #state = signal<ConnectionState>("connecting");
  readonly #reason = signal<string | null>(null);
  readonly #env: Environment;
  readonly #url: string;
  readonly #events: ConnectionEvents;
  #wire: Wire | null = null;
  #socketId: string | null = null;
  #attempts = 0;
  #upAt = 0;
  #seenAt = 0;
  /** Something came since the last ping. */
  #heard = false;
  #activity = ACTIVITY;
  /** What the server said was wrong, on this connection: a proxy may swallow the close code. */
  #error: { code: number; message: string } | null = null;
  /** When the draining server wants to see us again; 0 for "it did not say". */
  #comeBackAt = 0;
  #cancelTimer = () => {};
  #cancelComeBack = () => {};
  #unwatch: (() => void) | null = null;

  constructor(env: Environment, url: string, events: ConnectionEvents) {
    this.#env = env;
    this.#url = url;
    this.#events = events;
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#state;
  }

  /** Why it is not connected, in the server's words, if it gave any. */
  get reason(): ReadonlySignal<string | null> {
    return this.#reason;
  }

  /** `null` while not connected. */
  get socketId(): string | null {
    return this.#socketId;
  }

  /** Connects, unless it does already; also after `stop` and after the server told it to give up. */
  start(): void {
    this.#unwatch ??= this.#env.watch((nudge) => this.#nudged(nudge));
    if (this.#wire) return;
    this.#attempts = 0;
    this.#state.value = "connecting";
    this.#connect();
  }

  stop(): void {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#drop();
    this.#state.value = "stopped";
  }

  /** Throws this connection away and makes a new one. */
  restart(): void {
    if (this.#wire) this.#lost(LOST, "");
  }

  /** Returns `false` when there is no connection: nothing is kept. */
  send(event: string, data: unknown, channel?: string): boolean {
    if (!this.#socketId) return false;
    this.#wire!.send(JSON.stringify({ event, data, channel }));
    return true;
  }

  #connect(): void {
    this.#drop();
    const current = (run: () => void) => {
      if (this.#wire === wire) run();
    };
    let wire: Wire | null = null;
    try {
      wire = this.#env.open(this.#url, {
        onText: (text) => current(() => this.#read(text)),
        onClose: (code, reason) => current(() => this.#lost(code, reason)),
      });
    } catch {
      // The browser refuses the address at once (mixed content, policy); it may stop to.
      this.#lost(LOST, "");
      return;
    }
    this.#wire = wire;
    this.#cancelTimer = this.#env.after(
      HANDSHAKE,
      () => this.#lost(LOST, "The server does not answer"),
    );
  }

  #read(text: string): void {
    this.#seenAt = this.#env.now();
    this.#heard = true;
    const wire = this.#wire;
    this.#events.inOne(() => {
      for (const frame of readFrames(text)) {
        // A frame may have ended the connection.
        if (this.#wire === wire) this.#take(frame);
      }
    });
  }

  #take(frame: Frame): void {
    const data = isFields(frame.data) ? frame.data : {};
    switch (frame.event) {
      case "pusher:connection_established":
        return this.#established(data);
      case "pusher:ping":
        this.send("pusher:pong", {});
        return;
      case "pusher:pong":
        return;
      case "pusher:error":
        this.#error = {
          code: Number(data.code) || 0,
          message: String(data.message ?? ""),
        };
        return;
      case "nexora:reconnect": {
        const delay = Math.max(0, Number(data.delay) || 0);
        this.#comeBackAt = this.#env.now() + delay;
        this.#cancelComeBack = this.#env.after(
          delay,
          () => this.#lost(4200, ""),
        );
        return;
      }
    }
    this.#events.onFrame(frame);
  }

  #established(data: Record<string, unknown>): void {
    this.#socketId = String(data.socket_id);
    this.#upAt = this.#env.now();
    const asked = Number(data.activity_timeout) * SECOND;
    this.#activity = asked > 0 ? Math.min(asked, ACTIVITY) : ACTIVITY;
    this.#state.value = "connected";
    this.#reason.value = null;
    this.#listen();
    this.#events.onUp();
  }

  /** One timer a quiet period, not one a frame: it looks how long the silence has been and waits for the rest. */
  #listen(): void {
    const rest = this.#seenAt + this.#activity - this.#env.now();
    if (rest <= 0) return this.#ping(PONG);
    this.#cancelTimer();
    this.#cancelTimer = this.#env.after(rest, () => this.#listen());
  }

  #ping(patience: number): void {
    this.#heard = false;
    this.#cancelTimer();
    this.#cancelTimer = this.#env.after(patience, () => {
      if (this.#heard) this.#listen();
      else this.#lost(4201, "");
    });
    this.send("pusher:ping", {});
  }

  #lost(code: number, reason: string): void {
    const error = this.#error;
    if (error && error.code >= 4000 && error.code < 4300 && code < 4000) {
      code = error.code;
    }
    const now = this.#env.now();
    if (this.#socketId && now - this.#upAt >= STABLE) this.#attempts = 0;
    const due = this.#comeBackAt;
    this.#drop();
    this.#reason.value = reason || error?.message || null;
    let delay = reconnectDelay(code, this.#attempts, this.#env.random);
    if (delay === null) {
      this.#state.value = "stopped";
      return;
    }
    if (due > 0 && this.#attempts === 0) delay = Math.max(0, due - now);
    this.#attempts++;
    this.#state.value = this.#env.online() ? "reconnecting" : "offline";
    this.#cancelTimer = this.#env.after(delay, () => this.#connect());
  }

  #drop(): void {
    this.#cancelTimer();
    this.#cancelComeBack();
    this.#comeBackAt = 0;
    this.#error = null;
    const wire = this.#wire;
    const wasUp = this.#socketId !== null;
    this.#wire = this.#socketId = null;
    wire?.close();
    if (wasUp) this.#events.onDown();
  }

  #nudged(nudge: Nudge): void {
    if (this.#state.value === "stopped") return;
    if (nudge === "hidden-for-good") {
      this.#drop();
      this.#state.value = "reconnecting";
      return;
    }
    if (nudge === "offline") {
      // The socket would notice minutes later. Attempts go on, slowly: browsers are not always right about this.
      return this.#wire ? this.#lost(LOST, "") : void (
        this.#state.value = "offline"
      );
    }
    if (!this.#wire) {
      this.#state.value = "reconnecting";
      this.#connect();
    } else if (this.#socketId && this.#env.now() - this.#seenAt > WAKE_PONG) {
      this.#ping(WAKE_PONG);
    }
  }
}
