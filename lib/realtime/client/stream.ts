import { SECOND } from "../../clock.ts";
import { formatPosition } from "../position.ts";
import type { Environment, Wire, WireHandlers } from "./environment.ts";
import { isFields, readFrames } from "./frames.ts";

/** The server sends at least a comment every 15 s. */
const SILENCE = 30 * SECOND;
/** Islands subscribe one after the other: they are collected into one request. */
const COLLECT = 20;

/**
 * A wire over Server-Sent Events, for networks that block WebSockets. It speaks the socket's protocol to its user:
 * each change of the channels ends the stream and opens another, which goes on from each channel's last position.
 * What it cannot do: presence, client events, and channels that need a signature.
 */
export class StreamWire implements Wire {
  readonly #env: Environment;
  readonly #handlers: WireHandlers;
  /** Channel → its last position; empty until it is known. */
  readonly #channels = new Map<string, string>();
  /** The stream that is listened to; another one's rest is not. */
  #stream: AbortController | null = null;
  #cancelOpening = () => {};
  #heardAt: number;
  #closed = false;

  constructor(env: Environment, handlers: WireHandlers) {
    this.#env = env;
    this.#handlers = handlers;
    this.#heardAt = env.now();
  }

  /** Tells its user that it is there. */
  establish(): void {
    this.#tell("pusher:connection_established", null, {
      socket_id: "0.0",
      activity_timeout: SILENCE / SECOND,
    });
  }

  send(text: string): void {
    const [frame] = readFrames(text);
    const data = isFields(frame?.data) ? frame.data : {};
    const channel = String(data.channel);
    if (frame?.event === "pusher:ping") {
      const silent = this.#channels.size > 0 &&
        this.#env.now() - this.#heardAt >= SILENCE;
      if (!silent) this.#tell("pusher:pong", null, {});
    } else if (frame?.event === "pusher:subscribe") {
      this.#channels.set(channel, String(data.since ?? ""));
      this.#reopen();
    } else if (frame?.event === "pusher:unsubscribe") {
      if (this.#channels.delete(channel)) this.#reopen();
    }
  }

  close(): void {
    this.#closed = true;
    this.#end();
  }

  #end(): void {
    this.#cancelOpening();
    this.#stream?.abort();
    this.#stream = null;
  }

  #lost(): void {
    if (this.#closed) return;
    this.close();
    this.#handlers.onClose(1006, "");
  }

  #reopen(): void {
    // At once: what the old stream still brings would move positions that were just set back.
    this.#end();
    this.#cancelOpening = this.#env.after(COLLECT, () => void this.#open());
  }

  async #open(): Promise<void> {
    if (this.#channels.size === 0) return;
    const stream = this.#stream = new AbortController();
    const query = new URLSearchParams({
      channels: [...this.#channels.keys()].join(","),
      since: [...this.#channels.values()].join(","),
    });
    try {
      const response = await this.#env.fetch(`/api/realtime/stream?${query}`, {
        headers: { accept: "text/event-stream" },
        signal: stream.signal,
      });
      if (response.ok && response.body) await this.#read(stream, response.body);
      else if (await this.#refused(stream, response.status)) return;
    } catch {
      // Ended here, or by the network: told apart below.
    }
    if (this.#stream === stream) this.#lost();
  }

  async #read(
    stream: AbortController,
    body: ReadableStream<Uint8Array>,
  ): Promise<void> {
    let rest = "";
    const decoder = new TextDecoder();
    for (const reader = body.getReader();;) {
      const { done, value } = await reader.read();
      if (done || this.#stream !== stream) return;
      this.#heardAt = this.#env.now();
      const lines = (rest + decoder.decode(value, { stream: true }))
        .split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        if (this.#stream === stream && line.startsWith("data: ")) {
          this.#take(line.slice("data: ".length));
        }
      }
    }
  }

  #take(text: string): void {
    const frame = readFrames(text)[0];
    if (frame?.position && this.#channels.has(frame.channel ?? "")) {
      this.#channels.set(frame.channel!, formatPosition(frame.position));
    }
    this.#handlers.onText(text);
  }

  /** One channel that this user may not see refuses all of them: finds it. Returns whether there is one. */
  async #refused(stream: AbortController, status: number): Promise<boolean> {
    if (status === 429 || status >= 500) return false;
    const refused: [string, number][] = [];
    for (const channel of this.#channels.keys()) {
      const path = `/api/realtime/channels/${encodeURIComponent(channel)}`;
      const { status, body } = await this.#env.fetch(`${path}/events?limit=1`, {
        signal: stream.signal,
      });
      await body?.cancel();
      if (status >= 400 && status < 405) refused.push([channel, status]);
    }
    if (this.#stream !== stream || refused.length === 0) return false;
    for (const [channel, status] of refused) {
      this.#channels.delete(channel);
      const error = "You may not see this channel";
      this.#tell("pusher:subscription_error", channel, { status, error });
    }
    this.#reopen();
    return true;
  }

  #tell(event: string, channel: string | null, data: unknown): void {
    this.#handlers.onText(JSON.stringify({
      event,
      ...(channel !== null && { channel }),
      data: JSON.stringify(data),
    }));
  }
}
