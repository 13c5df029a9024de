import type {
  Environment,
  Nudge,
  WireHandlers,
} from "../../../lib/realtime/client/environment.ts";

export interface SentFrame {
  event: string;
  channel?: string;
  data: Record<string, unknown>;
}

/** The server's end of a socket that the client opened. */
export class FakeSocket {
  readonly url: string;
  readonly sent: SentFrame[] = [];
  closed = false;
  readonly #handlers: WireHandlers;

  constructor(url: string, handlers: WireHandlers) {
    this.url = url;
    this.#handlers = handlers;
  }

  /** Called for each frame the client sends. */
  onSent: (frame: SentFrame) => void = () => {};

  push(...frames: Record<string, unknown>[]): void {
    if (this.closed) return;
    for (const frame of frames) this.#handlers.onText(JSON.stringify(frame));
  }

  pushText(text: string): void {
    this.#handlers.onText(text);
  }

  establish(id = "1.1", activityTimeout = 120): void {
    this.push({
      event: "pusher:connection_established",
      data: JSON.stringify({
        socket_id: id,
        activity_timeout: activityTimeout,
      }),
    });
  }

  /** The server closes. */
  drop(code = 1006, reason = ""): void {
    if (this.closed) return;
    this.closed = true;
    this.#handlers.onClose(code, reason);
  }

  of(event: string): SentFrame[] {
    return this.sent.filter((frame) => frame.event === event);
  }
}

export interface FakeRequest {
  method: string;
  path: string;
  body: string;
  answer(status: number, body?: unknown, headers?: HeadersInit): void;
  respond(response: Response): void;
  fail(): void;
}

/** The browser as tests want it: time stands still until `advance`, sockets and requests wait for the test's answer. */
export class FakeEnvironment implements Environment {
  readonly sockets: FakeSocket[] = [];
  readonly requests: FakeRequest[] = [];
  readonly stored = new Map<string, string>();
  isOnline = true;
  dice = 0.5;
  onOpen: (socket: FakeSocket) => void = () => {};
  onRequest: (request: FakeRequest) => void = () => {};
  #time = 1_000_000;
  #ids = 0;
  #timers: { at: number; order: number; run: () => void }[] = [];
  #order = 0;
  readonly #watchers = new Set<(nudge: Nudge) => void>();

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error("No socket was opened");
    return last;
  }

  /** Milliseconds until the next timer, `null` when none is set. */
  get nextTimer(): number | null {
    const next = Math.min(...this.#timers.map((timer) => timer.at));
    return Number.isFinite(next) ? next - this.#time : null;
  }

  open = (url: string, handlers: WireHandlers) => {
    const socket = new FakeSocket(url, handlers);
    this.sockets.push(socket);
    this.onOpen(socket);
    return {
      send: (text: string) => {
        const frame = JSON.parse(text) as SentFrame;
        socket.sent.push(frame);
        if (!socket.closed) socket.onSent(frame);
      },
      close: () => {
        socket.closed = true;
      },
    };
  };

  fetch = (path: string, init: RequestInit) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    init.signal?.addEventListener("abort", () => reject(new Error("aborted")));
    const request: FakeRequest = {
      method: init.method!,
      path,
      body: String(init.body ?? ""),
      answer: (status, body = {}, headers) =>
        resolve(new Response(JSON.stringify(body), { status, headers })),
      respond: resolve,
      fail: () => reject(new TypeError("network")),
    };
    this.requests.push(request);
    this.onRequest(request);
    return promise;
  };

  after = (ms: number, run: () => void) => {
    const timer = { at: this.#time + ms, order: this.#order++, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  now = () => this.#time;
  random = () => this.dice;
  newId = () => `id${String(++this.#ids).padStart(4, "0")}`;
  online = () => this.isOnline;
  watch = (on: (nudge: Nudge) => void) => {
    this.#watchers.add(on);
    return () => {
      this.#watchers.delete(on);
    };
  };
  storage = {
    getItem: (key: string) => this.stored.get(key) ?? null,
    setItem: (key: string, value: string) => void this.stored.set(key, value),
    removeItem: (key: string) => void this.stored.delete(key),
  };

  nudge(nudge: Nudge): void {
    for (const on of [...this.#watchers]) on(nudge);
  }

  /** Lets time pass; timers run in order, each at its time. */
  advance(ms: number): void {
    const end = this.#time + ms;
    for (;;) {
      const [next] = this.#timers.filter((timer) => timer.at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order);
      if (!next) break;
      this.#time = next.at;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.run();
    }
    this.#time = end;
  }
}

/** Lets everything run that waits for promises only. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
