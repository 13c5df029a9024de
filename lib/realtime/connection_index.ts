import type { Connection } from "./connection.ts";

/** How many come from an address, and who of the connections is whose. */
export class ConnectionIndex {
  readonly #byAddress = new Map<string, number>();
  readonly #byUser = new Map<string, Set<Connection>>();

  /** Connections and streams of an address. */
  count(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  came(address: string): void {
    this.#byAddress.set(address, this.count(address) + 1);
  }

  left(address: string): void {
    const left = this.count(address) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }

  belongs(connection: Connection, userId: string): void {
    const own = this.#byUser.get(userId);
    if (own) own.add(connection);
    else this.#byUser.set(userId, new Set([connection]));
  }

  forget(connection: Connection): void {
    const { actor } = connection.info;
    for (const userId of [actor?.id, connection.signedIn?.id]) {
      const own = userId === undefined ? undefined : this.#byUser.get(userId);
      if (own?.delete(connection) && own.size === 0) {
        this.#byUser.delete(userId!);
      }
    }
  }

  /** A copy: whoever goes through it may close connections. */
  of(userId: string): Connection[] {
    return [...this.#byUser.get(userId) ?? []];
  }
}
