import { CREDENTIALS, type SignedIn } from "./app.ts";
import { openSocket } from "./socket.ts";
import { waitFor } from "./wait.ts";

// deno-lint-ignore no-explicit-any -- frames are looked at field by field
export type Frame = any;

export interface PlainClientOptions {
  headers?: Record<string, string>;
  /** Behind `protocol=7`, e.g. `&client=nexora-js`. */
  query?: string;
}

/** A client of the protocol without a library: says what it is told to, and keeps every frame. */
export class PlainClient implements AsyncDisposable {
  readonly frames: Frame[] = [];
  /** The close code; `null` while it is open. */
  code: number | null = null;
  readonly #socket: WebSocket;

  constructor(
    origin: string,
    { headers = {}, query = "" }: PlainClientOptions = {},
  ) {
    this.#socket = openSocket(
      `${origin}/app/${CREDENTIALS.key}?protocol=7${query}`,
      headers,
    );
    this.#socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      this.frames.push(...(Array.isArray(frame) ? frame : [frame]));
    };
    this.#socket.onclose = ({ code }) => this.code = code;
  }

  /** One with the session of a user. */
  static as(user: SignedIn, query?: string): PlainClient {
    const { cookie, origin } = user;
    return new PlainClient(origin, { headers: { cookie, origin }, query });
  }

  /** Its socket id; waits for the connection. */
  async id(): Promise<string> {
    const { data } = await this.heard("pusher:connection_established");
    return JSON.parse(data).socket_id;
  }

  say(event: string, data: unknown, channel?: string): void {
    this.#socket.send(
      JSON.stringify({ event, data, ...(channel && { channel }) }),
    );
  }

  /** Waits for a frame. */
  heard(event: string, channel?: string): Promise<Frame> {
    return waitFor(
      () =>
        this.frames.find((f) =>
          f.event === event && (!channel || f.channel === channel)
        ),
      { what: () => `${event} in ${JSON.stringify(this.frames)}` },
    );
  }

  /** The data of a channel's events, as they came. */
  events(channel: string, event: string): string[] {
    return this.frames
      .filter((f) => f.channel === channel && f.event === event)
      .map((f) => f.data);
  }

  /** Subscribes once it is connected; answers with 200 or the status of the refusal. */
  async subscribe(channel: string, auth: object = {}): Promise<number> {
    await this.id();
    this.say("pusher:subscribe", { channel, ...auth });
    const frame = await waitFor(
      () =>
        this.frames.find((f) =>
          f.channel === channel &&
          /subscription_(succeeded|error)$/.test(f.event)
        ),
      { what: `an answer about ${channel}` },
    );
    return frame.event === "pusher:subscription_error"
      ? JSON.parse(frame.data).status
      : 200;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await waitFor(() => this.code !== null, { what: "the close" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
