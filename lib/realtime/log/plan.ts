import { apply, keys, type Mutation } from "../../kv/mod.ts";
import type { Position } from "../position.ts";
import type { Pending } from "./batch.ts";
import type { KeptDraft } from "./kept.ts";
import { batchMutations, type Head, type ReadHead } from "./rows.ts";
import type { LoggedEvent } from "./types.ts";

/** One attempt to commit a batch. */
export interface Plan {
  /** Stored in its log rows, so that an attempt of unknown outcome can be recognised. */
  id: string;
  batch: Pending[];
  /** The heads as they are once it is committed. */
  heads: Map<number, Head>;
  perShard: Map<number, LoggedEvent[]>;
  /** Of each append's events, in order. */
  positions: Position[][];
  /** The kept rows as they are once it is committed. */
  kept: KeptDraft;
  atomic: Deno.AtomicOperation;
}

export interface PlanOptions {
  id: string;
  /** Milliseconds; the commit's time. */
  at: number;
  atomic: Deno.AtomicOperation;
  /** The heads as read, of every shard that the batch needs. */
  heads: Map<number, ReadHead>;
  batch: Pending[];
  /** The kept rows as read. */
  kept: KeptDraft;
  /** Milliseconds for which log rows are kept. */
  expireIn: number;
}

/** Gives the events of a batch their positions and puts everything into one atomic. */
export function planCommit(options: PlanOptions): Plan {
  const { id, at, atomic, batch, kept } = options;
  const heads = new Map<number, Head>();
  const events = new Map<number, Pending["events"]>();
  const perShard = new Map<number, LoggedEvent[]>();
  const positions: Position[][] = [];
  const mutations: Mutation[] = [];
  for (const pending of batch) {
    const own: Position[] = [];
    pending.events.forEach((event, i) => {
      const shard = pending.shards[i]!;
      let head = heads.get(shard);
      if (!head) {
        const current = options.heads.get(shard)!;
        atomic.check({
          key: keys.shardHead(shard),
          versionstamp: current.versionstamp,
        });
        head = { epoch: current.epoch, seq: current.seq + 1, n: 0 };
        heads.set(shard, head);
        events.set(shard, []);
        perShard.set(shard, []);
      }
      const position = { epoch: head.epoch, seq: head.seq, index: head.n++ };
      own.push(position);
      events.get(shard)!.push(event);
      perShard.get(shard)!.push({
        channel: event.channel,
        event: event.event,
        data: event.text,
        position,
        at,
        ...(event.except && { except: event.except }),
        ...(event.userId && { userId: event.userId }),
        ...(event.volatile && { volatile: true }),
      });
    });
    positions.push(own);
    const { checks, mutations: rows, kept: keptKeys = [] } = pending.change;
    for (const check of checks ?? []) atomic.check(check);
    if (rows) {
      const written = typeof rows === "function"
        ? rows(own, at, kept.values(keptKeys))
        : rows;
      if (keptKeys.length > 0) kept.note(keptKeys, written);
      for (const mutation of written) mutations.push(mutation);
    }
  }
  for (const [shard, head] of heads) {
    const rows = events.get(shard)!;
    mutations.push(
      ...batchMutations(shard, head, id, rows, at, options.expireIn),
    );
  }
  apply(atomic, { mutations });
  return { id, batch, heads, perShard, positions, kept, atomic };
}
