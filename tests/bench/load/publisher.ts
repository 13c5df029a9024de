import type { Contestant, Running } from "./contestants.ts";
import { LoadConnection } from "./http.ts";
import { pause } from "./measure.ts";
import { stampedPayload } from "./stamp.ts";

/** Publishes over a few keep-alive connections. */
export class Publisher {
  readonly #contestant: Contestant;
  readonly #connections: LoadConnection[];
  readonly #idle: LoadConnection[];
  readonly #waiting: ((connection: LoadConnection) => void)[] = [];
  /** Publishes that the server accepted. */
  accepted = 0;
  #sequence = 0;

  private constructor(contestant: Contestant, connections: LoadConnection[]) {
    this.#contestant = contestant;
    this.#connections = connections;
    this.#idle = [...connections];
  }

  static async open(
    contestant: Contestant,
    server: Running,
    connections = 16,
  ): Promise<Publisher> {
    return new Publisher(
      contestant,
      await Promise.all(
        Array.from(
          { length: connections },
          () => LoadConnection.open(server.port),
        ),
      ),
    );
  }

  /** Publishes one stamped event; the stamp is the time of the call, also if it has to wait for a connection. */
  async publish(): Promise<void> {
    const payload = stampedPayload(this.#sequence++);
    const connection = this.#idle.pop() ??
      await new Promise<LoadConnection>((take) => this.#waiting.push(take));
    const { status, body } = await connection.exchange(
      this.#contestant.publish(connection, payload),
    );
    if (status !== 200) throw new Error(`Refused: ${status} ${body}`);
    this.accepted++;
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }

  /** `rate` publishes a second, whatever the server does. Returns how many it published once all are accepted. */
  async atRate(rate: number, seconds: number): Promise<number> {
    const start = performance.now();
    const all: Promise<void>[] = [];
    const total = Math.round(rate * seconds);
    while (all.length < total) {
      const due = Math.min(total, (performance.now() - start) * rate / 1000);
      while (all.length < due) all.push(this.publish());
      await pause(1);
    }
    await Promise.all(all);
    return total;
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}
