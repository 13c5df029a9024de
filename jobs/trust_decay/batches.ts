import type { Absence, PersonRows } from "../../lib/users/mod.ts";
import { shardOf, userChannel } from "../../lib/realtime/mod.ts";

/** A user on the way to their new trust. */
export interface Decayed extends PersonRows {
  trust: number;
  absence: Absence;
}

/** A place in the list of users: everybody up to `after` has been looked at, `looked` in number. */
export interface Mark {
  after: string | null;
  looked: number;
}

/**
 * Collects users for a commit each. In the order of ids they are neighbours in the file, which is worth more than the
 * eight shards of the log that such a commit touches (measured). A remote store takes too few checks for eight heads:
 * there they are collected by the shard that their own channel is in.
 */
export class Batches {
  readonly #size: number;
  readonly #byShard: boolean;
  readonly #shards = new Map<number, { before: Mark; some: Decayed[] }>();

  constructor(size: number, byShard: boolean) {
    this.#size = size;
    this.#byShard = byShard;
  }

  /** Adds a user who comes after the place `before`; returns the batch when it is full. */
  add(one: Decayed, before: Mark): Decayed[] | null {
    const shard = this.#byShard ? shardOf(userChannel(one.user.value.id)) : 0;
    let batch = this.#shards.get(shard);
    if (!batch) this.#shards.set(shard, batch = { before, some: [] });
    if (batch.some.push(one) < this.#size) return null;
    this.#shards.delete(shard);
    return batch.some;
  }

  /** Takes out a batch that is not full. */
  takeAny(): Decayed[] | null {
    for (const [shard, { some }] of this.#shards) {
      this.#shards.delete(shard);
      return some;
    }
    return null;
  }

  /** The farthest place with nobody before it waiting here, when `here` is how far one has come. */
  settled(here: Mark): Mark {
    let first = here;
    for (const { before } of this.#shards.values()) {
      if (before.looked < first.looked) first = before;
    }
    return first;
  }
}
