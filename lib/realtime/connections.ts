import { type CloseKind, CLOSES } from "./closes.ts";
import type { Connection } from "./connection.ts";
import type { Limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";

/** The open sockets of this isolate: how many there may be, how many an address has, and whose they are. */
export class Connections implements Iterable<Connection> {
  readonly #limits: Limits;
  readonly #metrics: Metrics;
  readonly #all = new Set<Connection>();
  readonly #byAddress = new Map<string, number>();
  readonly #byUser = new Map<string, Set<Connection>>();

  constructor(limits: Limits, metrics: Metrics) {
    this.#limits = limits;
    this.#metrics = metrics;
  }

  get size(): number {
    return this.#all.size;
  }

  /** A copy: whoever goes through it may close connections. */
  [Symbol.iterator](): Iterator<Connection> {
    return [...this.#all][Symbol.iterator]();
  }

  /** Why one more from an address is refused, or `null` if it may come; `streams` are open, and count, too. */
  refusal(address: string, streams: number): CloseKind | null {
    const { connections, connectionsPerAddress } = this.#limits;
    if (this.size + streams >= connections) {
      this.#metrics.drop("connections");
      return CLOSES.overCapacity;
    }
    if (this.#count(address) >= connectionsPerAddress) {
      this.#metrics.drop("connections_per_address");
      return CLOSES.overCapacity;
    }
    return null;
  }

  add(connection: Connection): void {
    this.#all.add(connection);
    this.#metrics.connectionsOpened++;
    this.#metrics.connections = this.size;
    const { address, actor } = connection.info;
    this.came(address);
    if (actor) this.belongs(connection, actor.id);
  }

  remove(connection: Connection): void {
    this.#all.delete(connection);
    this.#metrics.connections = this.size;
    const { address, actor } = connection.info;
    this.left(address);
    for (const userId of [actor?.id, connection.signedIn?.id]) {
      const own = userId === undefined ? undefined : this.#byUser.get(userId);
      if (own?.delete(connection) && own.size === 0) {
        this.#byUser.delete(userId!);
      }
    }
  }

  /** A socket or a stream of an address has been opened. */
  came(address: string): void {
    this.#byAddress.set(address, this.#count(address) + 1);
  }

  left(address: string): void {
    const left = this.#count(address) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }

  belongs(connection: Connection, userId: string): void {
    const own = this.#byUser.get(userId);
    if (own) own.add(connection);
    else this.#byUser.set(userId, new Set([connection]));
  }

  /** A copy, as above. */
  of(userId: string): Connection[] {
    return [...this.#byUser.get(userId) ?? []];
  }

  #count(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }
}
