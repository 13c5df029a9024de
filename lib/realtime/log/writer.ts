import type { Clock } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import { backoff, delay, isTransient, keys } from "../../kv/mod.ts";
import type { Position } from "../position.ts";
import {
  type BatchLimits,
  type Pending,
  pendingOf,
  takeBatch,
} from "./batch.ts";
import { KeptRows } from "./kept.ts";
import { type Plan, planCommit } from "./plan.ts";
import {
  type Batch,
  type Head,
  type LogRow,
  newHead,
  type ReadHead,
} from "./rows.ts";
import type { Append } from "./types.ts";

export interface WriterOptions {
  kv: Deno.Kv;
  now: Clock;
  limits: BatchLimits;
  /** Milliseconds for which log rows are kept. */
  expireIn: number;
  /** Rings the isolate's own bell: a commit need not wait for the watch. */
  onCommit: (shard: number, batch: Batch) => void;
  /** A commit that would make `seq` the shard's head is under way; `null`: it has failed, or its outcome is unknown. */
  onAttempt?: (shard: number, seq: number | null) => void;
  /** For metrics: appends and events in the commit, milliseconds it took, lost races before it. */
  onBatch?: (
    stats: { appends: number; events: number; ms: number; races: number },
  ) => void;
}

/** An append is given up after this long; its outcome is then unknown to the caller, who retries idempotently. */
const APPEND_DEADLINE_MS = 10_000;
/** Bounds of what waits while the store is away: appends, and bytes of their events. */
const MAX_WAITING = 20_000;
const MAX_WAITING_BYTES = 64 * 1_024 * 1_024;

/**
 * Group commit: while one commit is in flight, what arrives waits and goes into the next one. No timer, so an idle
 * log adds no latency. One lane an isolate: a batch may span shards, which makes an append over several channels
 * the ordinary case.
 */
export class LogWriter {
  readonly #options: WriterOptions;
  readonly #heads = new Map<number, ReadHead>();
  readonly #kept = new KeptRows();
  readonly #writerId = crypto.randomUUID();
  #queue: Pending[] = [];
  #waitingBytes = 0;
  #plans = 0;
  #running: Promise<void> | null = null;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  append(change: Append): Promise<Position[]> {
    if (change.events.length === 0) {
      throw new TypeError("An append needs at least one event");
    }
    if (
      this.#queue.length >= MAX_WAITING ||
      this.#waitingBytes >= MAX_WAITING_BYTES
    ) {
      return Promise.reject(
        new NexoraError("store_unavailable", undefined, { retryAfter: 1 }),
      );
    }
    return new Promise((resolve, reject) => {
      const deadline = this.#options.now() + APPEND_DEADLINE_MS;
      const pending = pendingOf(change, deadline, { resolve, reject });
      this.#queue.push(pending);
      this.#waitingBytes += pending.bytes;
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
      const batch = takeBatch(this.#queue, this.#options.limits);
      for (const pending of batch) this.#waitingBytes -= pending.bytes;
      try {
        // What has waited too long behind a store that is away was never tried.
        await this.#commitBatch(this.#rejectOverdue(batch));
      } catch (error) {
        // One batch that cannot be dealt with must not stop the log.
        for (const pending of batch) pending.reject(error);
      }
    }
    this.#running = null;
  }

  /** @param uncertain earlier attempts for these appends that may yet turn out to have been committed */
  async #commitBatch(
    batch: Pending[],
    uncertain: Plan[] = [],
  ): Promise<void> {
    const started = performance.now();
    for (let attempt = 0; batch.length > 0; attempt++) {
      let committed: Plan | undefined;
      try {
        await this.#readMissingHeads(batch);
        await this.#kept.read(this.#options.kv, batch);
        if (uncertain.length > 0) {
          // In this order: an attempt that is still on its way and lands after the last of these reads fails, since
          // its heads are the ones just read; one that landed before is found. So nothing is written twice, and no
          // append is told of a conflict with itself.
          const holds = await this.#checksHold(batch);
          committed = await this.#findCommitted(uncertain);
          if (!committed) batch = rejectOutdated(batch, holds);
          if (batch.length === 0) return;
        }
        if (!committed) {
          const plan = this.#plan(batch);
          uncertain.push(plan);
          const result = await this.#attempt(plan);
          if (result.ok) {
            committed = plan;
            this.#kept.commit(plan.kept);
            for (const [shard, head] of plan.heads) {
              this.#heads.set(shard, {
                ...head,
                versionstamp: result.versionstamp,
              });
            }
          }
        }
      } catch (error) {
        if (!isTransient(error) && !(error instanceof NexoraError)) {
          await this.#failOrSplit(batch, error, uncertain);
          return;
        }
      }
      if (committed) {
        this.#done(committed, started, attempt);
        return;
      }
      // Lost race, failed check, or unknown outcome: the next round asks the store which.
      this.#heads.clear();
      this.#kept.clear();
      batch = this.#rejectOverdue(batch);
      if (batch.length > 0) await delay(backoff(attempt, 1, 50));
    }
  }

  /** Commits a plan. While it is under way the readers know that the head they may be told of is their own. */
  async #attempt(plan: Plan) {
    const { onAttempt } = this.#options;
    if (onAttempt) {
      for (const [shard, { seq }] of plan.heads) onAttempt(shard, seq);
    }
    let ok = false;
    try {
      const result = await plan.atomic.commit();
      ok = result.ok;
      return result;
    } finally {
      if (!ok && onAttempt) {
        for (const shard of plan.heads.keys()) onAttempt(shard, null);
      }
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
    return planCommit({
      id: `${this.#writerId}.${++this.#plans}`,
      at: this.#options.now(),
      atomic: this.#options.kv.atomic(),
      heads: this.#heads,
      batch,
      kept: this.#kept.draft(),
      expireIn: this.#options.expireIn,
    });
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
      try {
        this.#options.onCommit(shard, {
          epoch: head.epoch,
          seq: head.seq,
          events: logged,
        });
      } catch (error) {
        // It is committed whatever a listener makes of it.
        console.error("a commit's listener failed", error);
      }
    }
    batch.forEach((pending, i) => pending.resolve(positions[i]!));
    this.#options.onBatch?.({
      appends: batch.length,
      events,
      ms: performance.now() - started,
      races,
    });
  }

  /** Finds the attempt that was committed though it reported failure; forgets those that can no longer be. */
  async #findCommitted(plans: Plan[]): Promise<Plan | undefined> {
    for (const plan of [...plans]) {
      const [[shard, head]] = plan.heads.entries().take(1).toArray() as [
        [number, Head],
      ];
      const row = await this.#options.kv.get<LogRow>(
        keys.logRow(shard, head.epoch, head.seq, 0),
      );
      if (row.value?.batch === plan.id) return plan;
      if (row.value) plans.splice(plans.indexOf(plan), 1);
    }
  }

  /** Whether each append's own checks hold. */
  async #checksHold(batch: Pending[]): Promise<boolean[]> {
    const checks = batch.flatMap((p) => p.change.checks ?? []);
    const holds: boolean[] = [];
    for (let i = 0; i < checks.length; i += 10) {
      const some = checks.slice(i, i + 10);
      const entries = await this.#options.kv.getMany(some.map((c) => c.key));
      entries.forEach((entry, j) =>
        holds.push(entry.versionstamp === some[j]!.versionstamp)
      );
    }
    let next = 0;
    return batch.map(({ change }) => {
      const count = change.checks?.length ?? 0;
      next += count;
      return holds.slice(next - count, next).every(Boolean);
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
  async #failOrSplit(
    batch: Pending[],
    error: unknown,
    uncertain: Plan[],
  ): Promise<void> {
    if (batch.length === 1) {
      batch[0]!.reject(error);
      return;
    }
    for (const pending of batch) {
      await this.#commitBatch([pending], [...uncertain]);
    }
  }
}

/** Rejects the appends whose own checks no longer hold; returns the others. */
function rejectOutdated(batch: Pending[], holds: boolean[]): Pending[] {
  return batch.filter((pending, i) => {
    if (!holds[i]) pending.reject(new NexoraError("conflict"));
    return holds[i];
  });
}
