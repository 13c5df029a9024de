import type { Clock } from "../../clock.ts";
import { backoff, Pause } from "../../kv/mod.ts";
import { type Batch, type Head, readBatches, readHead } from "./rows.ts";

export interface ReaderOptions {
  kv: Deno.Kv;
  now: Clock;
  shard: number;
  /** Called for each batch of the shard, in order, each once. */
  onBatch: (batch: Batch) => void;
  /** Called when batches were missed that the log no longer has, with the head from which it goes on. */
  onGap: (head: Head) => void;
}

/**
 * Milliseconds that a head told by the watch waits for the answer to the commit of this isolate that made it. Without
 * that wait about one own event in four was read back from the store before it was delivered (measured at 60/s).
 */
const ANSWER_MS = 25;

/**
 * Follows one shard of the log. A bell only says that the head has moved: what to deliver is always read from the
 * cursor on, from this isolate's own commits or from the store.
 */
export class ShardReader {
  readonly #options: ReaderOptions;
  /** Own commits that wait for their turn, by seq. */
  readonly #own = new Map<number, Batch>();
  #cursor: Head | null = null;
  #target = 0;
  #pumping: Promise<void> | null = null;
  /** Seq of a commit of this isolate that is under way. */
  #attempt: number | null = null;
  #answerLate: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  readonly #pause = new Pause();
  readonly #waiting = new Set<() => void>();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** Begins at the present head: what came before is for `readBatches`. */
  async start(): Promise<Head> {
    const { epoch, seq, n } = await readHead(
      this.#options.kv,
      this.#options.shard,
      this.#options.now,
    );
    this.#cursor ??= { epoch, seq, n };
    this.#target = Math.max(this.#target, seq);
    for (const held of this.#own.keys()) {
      if (held <= seq) this.#own.delete(held);
    }
    this.#pump();
    return this.#cursor;
  }

  /** How far it has delivered. */
  get cursor(): Head {
    if (!this.#cursor) throw new Error("The reader has not started");
    return this.#cursor;
  }

  get behind(): number {
    return this.#cursor ? Math.max(0, this.#target - this.#cursor.seq) : 0;
  }

  /** A commit of this isolate is under way that would make `seq` the head; `null`: it has come to nothing. */
  committing(seq: number | null): void {
    this.#attempt = seq;
    if (seq === null) this.#answered();
  }

  /** What was held back for an answer goes on, to the store if need be. */
  #answered(): void {
    this.#attempt = null;
    if (this.#answerLate === undefined) return;
    clearTimeout(this.#answerLate);
    this.#answerLate = undefined;
    this.#pump();
  }

  /** A commit of this isolate. */
  committed(batch: Batch): void {
    this.#take(batch);
    this.#answered();
  }

  #take(batch: Batch): void {
    const cursor = this.#cursor;
    if (cursor && batch.epoch !== cursor.epoch) {
      this.ring({ ...batch, n: batch.events.length });
      return;
    }
    // The watch can be faster than the answer to one's own commit: then it has been read and delivered already.
    if (cursor && batch.seq <= cursor.seq) return;
    if (cursor && !this.#pumping && cursor.seq + 1 === batch.seq) {
      this.#deliver(batch);
      return;
    }
    this.#own.set(batch.seq, batch);
    this.#target = Math.max(this.#target, batch.seq);
    this.#pump();
  }

  /** The watched head. */
  ring(head: Head): void {
    const cursor = this.#cursor;
    if (!cursor) return;
    if (head.epoch !== cursor.epoch) {
      if (head.epoch > cursor.epoch) this.#jump(head);
      return;
    }
    if (head.seq > this.#target) this.#target = head.seq;
    if (head.seq === this.#attempt && head.seq === cursor.seq + 1) {
      // Most likely the own commit, whose answer is a moment behind the watch.
      this.#answerLate ??= setTimeout(() => this.#answered(), ANSWER_MS);
      return;
    }
    this.#pump();
  }

  /** Resolves to whether everything up to `seq` is delivered, after at most `ms` milliseconds. */
  reach(seq: number, ms: number): Promise<boolean> {
    if (this.cursor.seq >= seq) return Promise.resolve(true);
    const { epoch } = this.cursor;
    return new Promise((resolve) => {
      const look = () => {
        const there = this.cursor.epoch === epoch && this.cursor.seq >= seq;
        if (there || this.#stopped || this.cursor.epoch !== epoch) end(there);
      };
      const end = (there: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(there);
      };
      const timer = setTimeout(() => end(false), ms);
      this.#waiting.add(look);
    });
  }

  /** Resolves once nothing is delivered any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#answerLate);
    this.#pause.end();
    this.#look();
    await this.#pumping;
  }

  #deliver(batch: Batch): void {
    this.#cursor = {
      epoch: batch.epoch,
      seq: batch.seq,
      n: batch.events.length,
    };
    try {
      this.#options.onBatch(batch);
    } catch (error) {
      // The next batch is delivered whatever became of this one.
      console.error("a batch could not be dispatched", error);
    }
    this.#look();
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }

  #jump(head: Head): void {
    this.#cursor = { epoch: head.epoch, seq: head.seq, n: head.n };
    this.#target = head.seq;
    this.#own.clear();
    this.#options.onGap(this.#cursor);
    this.#look();
  }

  #pump(): void {
    if (
      !this.#cursor || this.#pumping || this.#stopped ||
      this.#target <= this.#cursor.seq
    ) return;
    this.#pumping = this.#run().finally(() => {
      this.#pumping = null;
      this.#pump();
    });
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped && this.#target > this.cursor.seq) {
      const { epoch, seq } = this.cursor;
      const own = this.#own.get(seq + 1);
      if (own) {
        this.#own.delete(seq + 1);
        this.#deliver(own);
        continue;
      }
      const target = this.#target;
      try {
        for await (
          const batch of readBatches(
            this.#options.kv,
            this.#options.shard,
            epoch,
            seq,
            target,
          )
        ) {
          if (this.#stopped) return;
          // The shard may have begun a new epoch meanwhile.
          if (
            this.cursor.epoch !== epoch || this.cursor.seq + 1 !== batch.seq
          ) break;
          this.#own.delete(batch.seq);
          this.#deliver(batch);
        }
        if (this.cursor.epoch !== epoch) continue;
        if (this.cursor.seq > seq) {
          failures = 0;
          continue;
        }
        // The head is there and its rows are not: they have expired while the store was away. Reading once more
        // tells that from a read that was served by a lagging replica.
        if (++failures < 3) {
          await this.#pause.wait(20 * failures);
          continue;
        }
        const head = await readHead(
          this.#options.kv,
          this.#options.shard,
          this.#options.now,
        );
        if (head.seq >= target) this.#jump(head);
        failures = 0;
      } catch {
        // The store does not answer; the target stays, so nothing is missed.
        await this.#pause.wait(50 + backoff(failures++, 50, 2_000));
      }
    }
  }
}
