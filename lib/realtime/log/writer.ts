import type { Clock } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import {
  apply,
  backoff,
  delay,
  isTransient,
  keys,
  type Mutation,
} from "../../kv/mod.ts";
import type { Position } from "../position.ts";
import {
  type BatchLimits,
  type Pending,
  pendingOf,
  takeBatch,
} from "./batch.ts";
import {
  type Batch,
  batchMutations,
  type Head,
  type LogRow,
  newHead,
  type ReadHead,
} from "./rows.ts";
import type { Append, LoggedEvent } from "./types.ts";

export interface WriterOptions {
  kv: Deno.Kv;
  now: Clock;
  limits: BatchLimits;
  /** Milliseconds for which log rows are kept. */
  expireIn: number;
  /** Rings the isolate's own bell: a commit need not wait for the watch. */
  onCommit: (shard: number, batch: Batch) => void;
  /** For metrics: appends and events in the commit, milliseconds it took, lost races before it. */
  onBatch?: (
    stats: { appends: number; events: number; ms: number; races: number },
  ) => void;
}

/** An append is given up after this long; its outcome is then unknown to the caller, who retries idempotently. */
const APPEND_DEADLINE_MS = 10_000;
/** Bounds memory while the store is away. */
const MAX_WAITING = 20_000;

/** One attempt to commit a batch. */
interface Plan {
  /** Stored in its log rows, so that an attempt of unknown outcome can be recognised. */
  id: string;
  batch: Pending[];
  heads: Map<number, Head>;
  perShard: Map<number, LoggedEvent[]>;
  positions: Position[][];
  atomic: Deno.AtomicOperation;
}

/**
 * Group commit: while one commit is in flight, what arrives waits and goes into the next one. No timer, so an idle
 * log adds no latency. One lane an isolate: a batch may span shards, which makes an append over several channels
 * the ordinary case.
 */
export class LogWriter {
  readonly #options: WriterOptions;
  readonly #heads = new Map<number, ReadHead>();
  readonly #writerId = crypto.randomUUID();
  #queue: Pending[] = [];
  #plans = 0;
  #running: Promise<void> | null = null;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  append(change: Append): Promise<Position[]> {
    if (change.events.length === 0) {
      throw new TypeError("An append needs at least one event");
    }
    if (this.#queue.length >= MAX_WAITING) {
      return Promise.reject(
        new NexoraError("store_unavailable", undefined, { retryAfter: 1 }),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.push(
        pendingOf(change, this.#options.now() + APPEND_DEADLINE_MS, {
          resolve,
          reject,
        }),
      );
      this.#running ??= this.#run();
    });
  }

  /** Resolves once nothing waits and nothing is in flight. */
  async flush(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Appends made in this same turn of the event loop share the first commit.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      await this.#commitBatch(takeBatch(this.#queue, this.#options.limits));
    }
    this.#running = null;
  }

  async #commitBatch(batch: Pending[]): Promise<void> {
    /** Attempts that may yet turn out to have been committed. */
    const uncertain: Plan[] = [];
    const started = performance.now();
    for (let attempt = 0; batch.length > 0; attempt++) {
      try {
        await this.#readMissingHeads(batch);
        const plan = this.#plan(batch);
        uncertain.push(plan);
        const result = await plan.atomic.commit();
        if (result.ok) {
          for (const [shard, head] of plan.heads) {
            this.#heads.set(shard, {
              ...head,
              versionstamp: result.versionstamp,
            });
          }
          this.#done(plan, started, attempt);
          return;
        }
      } catch (error) {
        if (!isTransient(error) && !(error instanceof NexoraError)) {
          await this.#failOrSplit(batch, error);
          return;
        }
      }
      // Lost race, failed check, or unknown outcome: ask the store which. The heads are read anew in any case.
      this.#heads.clear();
      try {
        const committed = await this.#findCommitted(uncertain);
        if (committed) {
          this.#done(committed, started, attempt);
          return;
        }
        batch = await this.#rejectOutdated(batch);
      } catch {
        // The store still does not answer: the deadline below ends it.
      }
      batch = this.#rejectOverdue(batch);
      await delay(backoff(attempt, 1, 50));
    }
  }

  /** Reads the heads that a batch needs and that are not known from the last commit. */
  async #readMissingHeads(batch: Pending[]): Promise<void> {
    const missing = new Set<number>();
    for (const p of batch) {
      for (const s of p.shards) if (!this.#heads.has(s)) missing.add(s);
    }
    if (missing.size === 0) return;
    const shards = [...missing];
    const entries = await this.#options.kv.getMany<Head[]>(
      shards.map((s) => keys.shardHead(s)),
    );
    entries.forEach((entry, i) => {
      this.#heads.set(
        shards[i]!,
        entry.value === null
          ? newHead(this.#options.now)
          : { ...entry.value, versionstamp: entry.versionstamp },
      );
    });
  }

  #plan(batch: Pending[]): Plan {
    const id = `${this.#writerId}.${++this.#plans}`;
    const at = this.#options.now();
    const heads = new Map<number, Head>();
    const events = new Map<number, Pending["events"]>();
    const perShard = new Map<number, LoggedEvent[]>();
    const positions: Position[][] = [];
    const mutations: Mutation[] = [];
    const atomic = this.#options.kv.atomic();
    for (const pending of batch) {
      const own: Position[] = [];
      pending.events.forEach((event, i) => {
        const shard = pending.shards[i]!;
        let head = heads.get(shard);
        if (!head) {
          const current = this.#heads.get(shard)!;
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
      const { checks, mutations: rows } = pending.change;
      for (const check of checks ?? []) atomic.check(check);
      if (rows) {
        mutations.push(...(typeof rows === "function" ? rows(own, at) : rows));
      }
    }
    for (const [shard, head] of heads) {
      mutations.push(
        ...batchMutations(
          shard,
          head,
          id,
          events.get(shard)!,
          at,
          this.#options.expireIn,
        ),
      );
    }
    apply(atomic, { mutations });
    return { id, batch, heads, perShard, positions, atomic };
  }

  #done(
    { batch, heads, perShard, positions }: Plan,
    started: number,
    races: number,
  ): void {
    let events = 0;
    for (const [shard, head] of heads) {
      const logged = perShard.get(shard)!;
      events += logged.length;
      this.#options.onCommit(shard, {
        epoch: head.epoch,
        seq: head.seq,
        events: logged,
      });
    }
    batch.forEach((pending, i) => pending.resolve(positions[i]!));
    this.#options.onBatch?.({
      appends: batch.length,
      events,
      ms: performance.now() - started,
      races,
    });
  }

  /** Finds the attempt that was committed though it reported failure, or nothing. */
  async #findCommitted(plans: Plan[]): Promise<Plan | undefined> {
    for (const plan of plans) {
      const [[shard, head]] = plan.heads.entries().take(1).toArray() as [
        [number, Head],
      ];
      const row = await this.#options.kv.get<LogRow>(
        keys.logRow(shard, head.epoch, head.seq, 0),
      );
      if (row.value?.batch === plan.id) return plan;
    }
  }

  /** Rejects the appends whose own checks no longer hold; returns the others. */
  async #rejectOutdated(batch: Pending[]): Promise<Pending[]> {
    const checks = batch.flatMap((p) => p.change.checks ?? []);
    if (checks.length === 0) return batch;
    const holds: boolean[] = [];
    for (let i = 0; i < checks.length; i += 10) {
      const some = checks.slice(i, i + 10);
      const entries = await this.#options.kv.getMany(some.map((c) => c.key));
      entries.forEach((entry, j) =>
        holds.push(entry.versionstamp === some[j]!.versionstamp)
      );
    }
    let next = 0;
    return batch.filter((pending) => {
      const count = pending.change.checks?.length ?? 0;
      const ok = holds.slice(next, next + count).every(Boolean);
      next += count;
      if (!ok) pending.reject(new NexoraError("conflict"));
      return ok;
    });
  }

  #rejectOverdue(batch: Pending[]): Pending[] {
    const now = this.#options.now();
    return batch.filter((pending) => {
      if (now < pending.deadline) return true;
      pending.reject(
        new NexoraError("store_unavailable", undefined, { retryAfter: 1 }),
      );
      return false;
    });
  }

  /** An error that is not transient (a row too large, say) must not sink its neighbours. */
  async #failOrSplit(batch: Pending[], error: unknown): Promise<void> {
    if (batch.length === 1) {
      batch[0]!.reject(error);
      return;
    }
    for (const pending of batch) await this.#commitBatch([pending]);
  }
}
