import type { Check, Mutation } from "../kv/mod.ts";

/** Work that a change causes, committed in the same atomic as the change. */
export interface NewJob {
  /** Names the handler, e.g. `notify`. */
  kind: string;
  /** JSON-like value of at most 48 KiB; the handler parses it with zod. */
  payload: unknown;
  /** At most one job with this key waits or runs; a second enqueue with it changes nothing. */
  uniqueKey?: string;
  /** Milliseconds from now. */
  delay?: number;
  /** Attempts before it becomes a dead letter; default 8. */
  maxAttempts?: number;
}

export interface Job {
  id: string;
  kind: string;
  payload: unknown;
  uniqueKey?: string;
  /** 1 for the first. */
  attempt: number;
  maxAttempts: number;
  enqueuedAt: number;
}

/** Runs a job. At-least-once: it must be idempotent. Throwing retries with backoff; `signal` aborts when the lease is lost. */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

export interface Queue {
  /** What to put into the atomic of the change that causes these jobs. Call `ring` once it has committed. */
  plan(jobs: NewJob[]): { checks: Check[]; mutations: Mutation[] };
  /** Wakes the workers; cheap, never throws. */
  ring(): void;
  /** Commits jobs that belong to no other change. */
  enqueue(...jobs: NewJob[]): Promise<void>;
  /** Registers the handler of a kind; before `start`. */
  handle(kind: string, handler: JobHandler): void;
  start(): void;
  /** Stops claiming and waits for what runs. */
  stop(): Promise<void>;
}
