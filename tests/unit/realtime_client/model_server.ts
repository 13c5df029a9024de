import type { FakeEnvironment, FakeSocket } from "./fake_environment.ts";

export interface ModelEvent {
  id: number;
  event: string;
  data: unknown;
  position: string;
  prev: string;
}

interface Session {
  socket: FakeSocket;
  /** Sent by the client, not read yet. */
  inbox: { event: string; data: Record<string, unknown> }[];
  /** On the way to the client. */
  outbox: { frame: Record<string, unknown>; retained: boolean }[];
  subscribed: boolean;
}

/**
 * One channel of the server, as the protocol describes it and nothing else, with a network in between that the test
 * holds in its hands: nothing moves until `read` and `deliver`.
 */
export class ModelServer {
  readonly channel = "guild-1";
  readonly log: ModelEvent[] = [];
  /** How many events can be resumed. */
  retention = Infinity;
  #seq = 0;
  #session: Session | null = null;

  constructor(env: FakeEnvironment) {
    env.onOpen = (socket) => {
      const session: Session = {
        socket,
        inbox: [],
        outbox: [],
        subscribed: false,
      };
      this.#session = session;
      socket.onSent = (frame) => session.inbox.push(frame);
      session.outbox.push({
        frame: {
          event: "pusher:connection_established",
          data: '{"socket_id":"1.1","activity_timeout":120}',
        },
        retained: false,
      });
    };
  }

  /** Where the shard stands: it has other channels too, so its last commit need not be an event of this one. */
  get head(): string {
    return `1.${this.#seq}.0`;
  }

  get #live(): Session | null {
    return this.#session && !this.#session.socket.closed ? this.#session : null;
  }

  append(event = "message:new", data: unknown = { id: this.log.length }): void {
    this.#seq++;
    const entry = {
      id: this.log.length,
      event,
      data,
      position: this.head,
      prev: this.log.at(-1)?.position ?? "1.0.0",
    };
    this.log.push(entry);
    if (this.#live?.subscribed) this.#send(this.#frame(entry), true);
  }

  appendElsewhere(): void {
    this.#seq++;
  }

  /** The server reads the next frame of the client. */
  read(): void {
    const session = this.#live;
    const frame = session?.inbox.shift();
    if (!session || !frame) return;
    if (frame.event === "pusher:unsubscribe") session.subscribed = false;
    if (frame.event === "pusher:ping") {
      this.#send({ event: "pusher:pong", data: "{}" });
    }
    if (frame.event === "pusher:subscribe") {
      if (session.subscribed && !frame.data.since) {
        throw new Error("This connection is subscribed already");
      }
      session.subscribed = true;
      this.#answer(frame.data.since as string | undefined);
    }
  }

  deliver(): void {
    const session = this.#live;
    const next = session?.outbox.shift();
    if (next) session!.socket.push(next.frame);
  }

  /** Loses the `n`th retained event on the way. */
  lose(n: number): void {
    const outbox = this.#live?.outbox ?? [];
    const retained = outbox.filter((item) => item.retained);
    const lost = retained[n % (retained.length || 1)];
    if (lost) outbox.splice(outbox.indexOf(lost), 1);
  }

  /** Sends the `n`th event of the log once more, behind what is on the way. */
  repeat(n: number): void {
    const event = this.log[n % (this.log.length || 1)];
    const session = this.#live;
    // Never one that the client has yet to get for the first time: the network does not turn the order around.
    if (!session?.subscribed || !event) return;
    this.#send(this.#frame(event), true);
  }

  disconnect(code: number): void {
    this.#live?.socket.drop(code);
  }

  get quiet(): boolean {
    const session = this.#live;
    return session !== null && session.inbox.length === 0 &&
      session.outbox.length === 0;
  }

  #answer(since: string | undefined): void {
    const seq = since === undefined ? NaN : Number(since.split(".")[1]);
    const missed = this.log.filter((event) => seqOf(event) > seq);
    if (since === undefined || missed.length > this.retention) {
      this.#succeeded(this.head, {});
      if (since !== undefined) {
        this.#send({
          event: "nexora:position_expired",
          channel: this.channel,
          data: JSON.stringify({ position: this.head }),
        });
      }
      return;
    }
    this.#succeeded(since, { recovered: true });
    for (const event of missed) this.#send(this.#frame(event), true);
  }

  #succeeded(position: string, extra: Record<string, unknown>): void {
    this.#send({
      event: "pusher_internal:subscription_succeeded",
      channel: this.channel,
      data: "{}",
      position,
      ...extra,
    });
  }

  #frame(event: ModelEvent): Record<string, unknown> {
    return {
      event: event.event,
      channel: this.channel,
      data: JSON.stringify(event.data),
      position: event.position,
      prev: event.prev,
    };
  }

  #send(frame: Record<string, unknown>, retained = false): void {
    this.#live?.outbox.push({ frame, retained });
  }
}

function seqOf(event: ModelEvent): number {
  return Number(event.position.split(".")[1]);
}
