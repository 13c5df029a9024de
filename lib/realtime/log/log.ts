import { type Clock, MINUTE, SECOND } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import {
  absent,
  before,
  commit,
  type Doorbell,
  keys,
  set,
  watchKey,
} from "../../kv/mod.ts";
import type { Store } from "../../kv/open.ts";
import type { Position } from "../position.ts";
import { latestEvents, readEvents, type StoredLog } from "./history.ts";
import { LOCAL_LIMITS, REMOTE_LIMITS } from "./batch.ts";
import { ShardMemory } from "./memory.ts";
import { ShardReader } from "./reader.ts";
import {
  type Batch,
  type Head,
  headPosition,
  newHead,
  readHead,
} from "./rows.ts";
import { shardOf, SHARDS } from "./shards.ts";
import type { Append, EventLog, LoggedEvent } from "./types.ts";
import { LogWriter, type WriterOptions } from "./writer.ts";

export interface LogOptions {
  store: Pick<Store, "kv" | "watchKv" | "remote">;
  now: Clock;
  /** Milliseconds for which events can be resumed from. */
  retention: number;
  onBatch?: WriterOptions["onBatch"];
  onWatchError?: (error: unknown) => void;
}

/** What a shard's followers are told. */
export interface ShardListener {
  /** Events of a commit, in order. */
  onBatch(shard: number, batch: Batch, memory: ShardMemory): void;
  /** Events were missed that the log no longer has. */
  onGap(shard: number): void;
}

interface Followed {
  reader: ShardReader;
  memory: ShardMemory;
  bell: Doorbell;
  poll: ReturnType<typeof setInterval>;
}

/** A client that is ahead of this isolate waits at most this long. */
const CATCH_UP_MS = 5 * SECOND;
/** The log is flushed for at most this long before it closes: a store that is away must not hold up the end. */
const FLUSH_MS = 1_500;
/** A bell that was missed (a watch that hung) is made good within this time. */
const POLL_MS = 5 * SECOND;

/** The event log of one isolate: writes, follows shards, reads back. */
export class KvEventLog implements EventLog {
  readonly #options: LogOptions;
  readonly #writer: LogWriter;
  readonly #followed: (Promise<Followed> | undefined)[] = [];
  readonly #ready: (Followed | undefined)[] = [];
  #listener: ShardListener | null = null;

  constructor(options: LogOptions) {
    this.#options = options;
    this.#writer = new LogWriter({
      kv: options.store.kv,
      now: options.now,
      limits: options.store.remote ? REMOTE_LIMITS : LOCAL_LIMITS,
      expireIn: options.retention + MINUTE,
      onCommit: (shard, batch) => this.#ready[shard]?.reader.committed(batch),
      onAttempt: (shard, seq) => this.#ready[shard]?.reader.committing(seq),
      onBatch: options.onBatch,
    });
  }

  /** Makes the shard heads where there are none, so that every isolate agrees on the epoch. */
  async open(): Promise<void> {
    const { epoch, seq, n } = newHead(this.#options.now);
    await Promise.all(Array.from({ length: SHARDS }, async (_, shard) => {
      const key = keys.shardHead(shard);
      if ((await this.#options.store.kv.get(key)).value !== null) return;
      await commit(this.#options.store.kv, {
        checks: [absent(key)],
        mutations: [set(key, { epoch, seq, n })],
      });
    }));
  }

  append(change: Append): Promise<Position[]> {
    return this.#writer.append(change);
  }

  async head(channel: string): Promise<Position> {
    return (await this.heads([channel])).get(channel)!;
  }

  async heads(channels: readonly string[]): Promise<Map<string, Position>> {
    const { store: { kv }, now } = this.#options;
    const shards = [...new Set(channels.map(shardOf))];
    const heads = new Map(
      await Promise.all(
        shards.map(async (shard) =>
          [shard, headPosition(await readHead(kv, shard, now))] as const
        ),
      ),
    );
    return new Map(
      channels.map((channel) => [channel, heads.get(shardOf(channel))!]),
    );
  }

  /** Sets who is told; before `follow`. */
  listen(listener: ShardListener): void {
    this.#listener = listener;
  }

  /** Follows the shard of a channel from now on. */
  async follow(channel: string): Promise<void> {
    await this.#follow(shardOf(channel));
  }

  isFollowing(channel: string): boolean {
    return this.#ready[shardOf(channel)] !== undefined;
  }

  /** Position up to which this isolate has delivered the channel's shard; it must be followed. */
  delivered(channel: string): Position {
    return headPosition(this.#require(channel).reader.cursor);
  }

  /** Batches that are committed and not yet delivered here, over all shards. */
  get behind(): number {
    return this.#ready.reduce((sum, f) => sum + (f?.reader.behind ?? 0), 0);
  }

  /**
   * Waits until everything up to `since` has been delivered here: a client may come from an isolate that is ahead of
   * this one. Resolves at once for a position that this isolate has passed, or that nobody has given out.
   */
  async catchUp(channel: string, since: Position): Promise<void> {
    const { reader } = this.#require(channel);
    if (since.epoch !== reader.cursor.epoch || since.seq <= reader.cursor.seq) {
      return;
    }
    const { kv } = this.#options.store;
    const head = await readHead(kv, shardOf(channel), this.#options.now);
    if (head.epoch !== since.epoch || head.seq < since.seq) return;
    reader.ring(head);
    if (!await reader.reach(since.seq, CATCH_UP_MS)) {
      throw new NexoraError("store_unavailable", undefined, { retryAfter: 1 });
    }
  }

  /** What came after `since` on a followed channel and has been delivered here, from memory; `null` if that is not known. */
  remembered(
    channel: string,
    since: Position,
  ): ReturnType<ShardMemory["since"]> {
    const { memory, reader } = this.#require(channel);
    if (since.epoch !== reader.cursor.epoch || since.seq > reader.cursor.seq) {
      return null;
    }
    return memory.since(channel, since);
  }

  /**
   * What came after `since` and up to `upTo`, from the store.
   *
   * @throws {NexoraError} `position_expired` when the log no longer reaches back to `since`
   */
  read(
    channel: string,
    since: Position,
    upTo: Position,
    limit: number,
  ): Promise<LoggedEvent[]> {
    return readEvents(this.#stored, channel, since, upTo, limit);
  }

  /** The last `limit` retained events of a channel, those after `upTo` left out, oldest first. */
  latest(
    channel: string,
    limit: number,
    upTo?: Position,
  ): Promise<LoggedEvent[]> {
    return latestEvents(this.#stored, channel, limit, upTo);
  }

  get #stored(): StoredLog {
    const { store, now, retention } = this.#options;
    return { kv: store.kv, oldest: now() - retention };
  }

  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Writes what waits, then follows nothing any more. */
  async close(): Promise<void> {
    await before(this.flush(), FLUSH_MS).catch(() => {});
    await Promise.all(this.#ready.map(async (followed) => {
      if (!followed) return;
      clearInterval(followed.poll);
      await Promise.all([
        before(followed.reader.stop(), 500).catch(() => {}),
        followed.bell.stop(),
      ]);
    }));
  }

  #require(channel: string): Followed {
    const followed = this.#ready[shardOf(channel)];
    if (!followed) throw new Error(`The shard of ${channel} is not followed`);
    return followed;
  }

  #follow(shard: number): Promise<Followed> {
    return this.#followed[shard] ??= this.#start(shard).catch((error) => {
      this.#followed[shard] = undefined;
      throw error;
    });
  }

  async #start(shard: number): Promise<Followed> {
    const { store, now, retention, onWatchError } = this.#options;
    let memory: ShardMemory;
    const reader = new ShardReader({
      kv: store.kv,
      now,
      shard,
      onBatch: (batch) => this.#listener?.onBatch(shard, batch, memory),
      onGap: (head) => {
        memory = new ShardMemory(headPosition(head), now, retention);
        const followed = this.#ready[shard];
        if (followed) followed.memory = memory;
        this.#listener?.onGap(shard);
      },
    });
    const head = await reader.start();
    memory = new ShardMemory(headPosition(head), now, retention);
    const bell = watchKey({
      key: keys.shardHead(shard),
      watchKv: store.watchKv,
      ring: (value) => reader.ring(value as Head),
      onError: onWatchError,
    });
    const poll = setInterval(async () => {
      try {
        reader.ring(await readHead(store.kv, shard, now));
      } catch {
        // The store is away; the watch or the next poll will tell.
      }
    }, POLL_MS);
    const followed: Followed = { reader, memory, bell, poll };
    this.#ready[shard] = followed;
    return followed;
  }
}
