import { DAY, MINUTE, SECOND } from "../clock.ts";
import type { Deps } from "../platform.ts";
import {
  CHECKS_PER_COMMIT,
  type Claim,
  claimJobs,
  type DueEntry,
  listDue,
} from "./claim.ts";
import { describeFailure, isPermanent, retryDelay } from "./failure.ts";
import { toJob } from "./row.ts";
import { type Outcome, Settler } from "./settle.ts";
import type { JobHandler } from "./types.ts";

export interface WorkerOptions {
  /** Handlers that run at once in this isolate; default 64. */
  concurrency?: number;
  /** Milliseconds that a lease lasts; heartbeats renew it three times as often. Default 30 s. */
  lease?: number;
  /** Milliseconds between looks at the store when no bell rings; default 1 min. */
  sweep?: number;
  /** Milliseconds that one attempt may take; default 15 min. */
  timeout?: number;
  /** Milliseconds until attempt `n + 1`, after attempt `n` failed. */
  retryDelay?: (attempt: number, error: unknown) => number;
}

/** Counts since this isolate started. */
export interface WorkerStats {
  running: number;
  done: number;
  retried: number;
  dead: number;
  /** Leases lost to another worker. */
  lost: number;
}

/** A kind that nobody has had a handler for in this time is not coming back. */
const ORPHANED_AFTER = DAY;
/** Due rows read ahead; one list for many claims. */
const READ_AHEAD = 128;

/** Claims due jobs and runs them, at most `concurrency` at once. */
export class Worker {
  readonly stats: WorkerStats = {
    running: 0,
    done: 0,
    retried: 0,
    dead: 0,
    lost: 0,
  };
  #deps: Pick<Deps, "kv" | "now">;
  #options: Required<WorkerOptions>;
  #handlers: ReadonlyMap<string, JobHandler>;
  #holder: string;
  #settler: Settler;
  #claims = new Map<Claim, Promise<void>>();
  #ahead: DueEntry[] = [];
  #state: "new" | "running" | "stopped" = "new";
  #pumping: Promise<void> | undefined;
  #rungAgain = false;
  #failures = 0;
  #wake: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;

  constructor(
    deps: Pick<Deps, "kv" | "now" | "newId">,
    handlers: ReadonlyMap<string, JobHandler>,
    options: WorkerOptions,
  ) {
    this.#deps = deps;
    this.#handlers = handlers;
    this.#options = {
      concurrency: options.concurrency ?? 64,
      lease: options.lease ?? 30 * SECOND,
      sweep: options.sweep ?? MINUTE,
      timeout: options.timeout ?? 15 * MINUTE,
      retryDelay: options.retryDelay ?? retryDelay,
    };
    this.#holder = deps.newId();
    this.#settler = new Settler(deps.kv);
  }

  start() {
    if (this.#state !== "new") return;
    this.#state = "running";
    this.#heartbeat = setInterval(
      () => this.#renew(),
      this.#options.lease / 3,
    );
    this.look();
  }

  /** Looks for due jobs now, or again if it is looking already. */
  look() {
    if (this.#state !== "running") return;
    this.#rungAgain = true;
    this.#pumping ??= this.#pump();
  }

  /** Waits until nothing is due and nothing runs, or for `ms`. For schedulers that keep an instance alive for a call. */
  async drain(ms: number) {
    const deadline = this.#deps.now() + ms;
    this.look();
    while (this.#pumping || this.#claims.size > 0) {
      const left = deadline - this.#deps.now();
      if (left <= 0) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([
        this.#pumping ?? Promise.race(this.#claims.values()),
        new Promise((resolve) => timer = setTimeout(resolve, left)),
      ]);
      clearTimeout(timer);
    }
  }

  /** Claims no more and waits for what runs. */
  async stop() {
    this.#state = "stopped";
    clearTimeout(this.#wake);
    this.#ahead = [];
    await this.#pumping;
    await Promise.all(this.#claims.values());
    clearInterval(this.#heartbeat);
  }

  async #pump() {
    // Completions of one commit resolve together: let all of them free their slots before the next claim.
    await Promise.resolve();
    while (this.#rungAgain && this.#state === "running") {
      this.#rungAgain = false;
      try {
        await this.#fill();
        this.#failures = 0;
      } catch (error) {
        console.error("The job queue could not be read, trying again:", error);
        this.#wakeIn(
          Math.min(this.#options.sweep, 250 * 2 ** this.#failures++),
        );
      }
    }
    this.#pumping = undefined;
  }

  async #fill() {
    while (this.#state === "running") {
      const free = this.#options.concurrency - this.#claims.size;
      // A job that ends looks again.
      if (free <= 0) return;
      if (this.#ahead.length === 0) {
        const now = this.#deps.now();
        const scan = await listDue(
          this.#deps.kv,
          now,
          READ_AHEAD,
          (row, due) =>
            this.#handlers.has(row.kind) || now - due > ORPHANED_AFTER,
        );
        if (scan.due.length === 0) {
          this.#wakeIn(
            Math.min(this.#options.sweep, (scan.next ?? Infinity) - now),
          );
          return;
        }
        this.#ahead = rotate(scan.due);
      }
      await this.#claim(this.#ahead.splice(0, free));
    }
  }

  async #claim(entries: DueEntry[]) {
    const { kv, now } = this.#deps;
    const chunks: DueEntry[][] = [];
    while (entries.length > 0) {
      chunks.push(entries.splice(0, CHECKS_PER_COMMIT));
    }
    await Promise.all(chunks.map(async (chunk) => {
      const until = now() + this.#options.lease;
      const claims = await claimJobs(kv, chunk, this.#holder, until);
      // What others took first is a sign that the read-ahead is stale.
      if (claims.length < chunk.length) this.#ahead = [];
      for (const claim of claims) this.#begin(claim);
    }));
  }

  #begin(claim: Claim) {
    const ended = this.#run(claim).finally(() => {
      this.#claims.delete(claim);
      this.stats.running = this.#claims.size;
      this.look();
    });
    this.#claims.set(claim, ended);
    this.stats.running = this.#claims.size;
  }

  async #run(claim: Claim) {
    const outcome = await this.#attempt(claim);
    try {
      if (!await this.#settler.settle(claim, outcome)) this.stats.lost++;
      else if (outcome.type === "done") this.stats.done++;
      else if (outcome.type === "retry") this.stats.retried++;
      else if (outcome.type === "dead") this.stats.dead++;
    } catch (error) {
      // The lease will end and the job run again: handlers are idempotent.
      console.error(`The outcome of job ${claim.row.id} was not kept:`, error);
    }
  }

  async #attempt(claim: Claim): Promise<Outcome> {
    const { row, abort } = claim;
    const at = this.#deps.now();
    const handler = this.#handlers.get(row.kind);
    if (!handler) {
      return { type: "dead", at, error: `Nothing handles ${row.kind} jobs` };
    }
    if (row.attempts > row.maxAttempts) {
      const error = row.lastError ?? "The worker died each time it ran";
      return { type: "dead", at, error };
    }
    try {
      await this.#bounded(handler(toJob(row), abort.signal), abort);
      return { type: "done" };
    } catch (error) {
      const now = this.#deps.now();
      const reason = describeFailure(error);
      if (isPermanent(error) || row.attempts >= row.maxAttempts) {
        console.error(`Job ${row.id} (${row.kind}) is a dead letter:`, error);
        return { type: "dead", at: now, error: reason };
      }
      return {
        type: "retry",
        due: now + Math.ceil(this.#options.retryDelay(row.attempts, error)),
        error: reason,
      };
    }
  }

  /** A handler that neither returns nor heeds its signal must not hold its slot for ever. */
  async #bounded(running: Promise<void>, abort: AbortController) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new Error(
          `It took longer than ${this.#options.timeout} ms`,
        );
        abort.abort(error);
        reject(error);
      }, this.#options.timeout);
      abort.signal.addEventListener("abort", () => reject(abort.signal.reason));
    });
    try {
      await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
      late.catch(() => {});
    }
  }

  #renew() {
    const until = this.#deps.now() + this.#options.lease;
    for (const claim of this.#claims.keys()) {
      if (claim.settling || claim.abort.signal.aborted) continue;
      this.#settler.settle(claim, { type: "renew", until }).then(
        (held) => {
          if (!held) claim.abort.abort(new Error("The lease was lost"));
        },
        () => {/* tried again at the next heartbeat, while the lease lasts */},
      );
    }
  }

  #wakeIn(ms: number) {
    clearTimeout(this.#wake);
    if (this.#state !== "running") return;
    this.#wake = setTimeout(() => this.look(), Math.max(1, ms));
  }
}

/** Starts at a random place, in whole commits, so that workers that read the same rows do not race for the same ones. */
function rotate(due: DueEntry[]): DueEntry[] {
  const chunks = Math.ceil(due.length / CHECKS_PER_COMMIT);
  if (chunks < 2) return due;
  const from = Math.floor(Math.random() * chunks) * CHECKS_PER_COMMIT;
  return [...due.slice(from), ...due.slice(0, from)];
}
