import type { Change, Check } from "../../lib/kv/mod.ts";
import type { Append, Position } from "../../lib/realtime/mod.ts";
import type { Slot } from "./schedule.ts";

/** Counts that a run reports. */
export type Stats = Record<string, number | string | boolean>;

/** What started a run. */
export type Trigger = "cron" | "http" | "catch-up" | "manual";

/**
 * What happens when a slot comes while an earlier run of the job is unfinished: it runs afterwards, is left out, or
 * runs at the same time.
 */
export type Overlap = "wait" | "skip" | "parallel";

/** A job with a schedule. */
export interface CronJob {
  /** Letters, digits and dashes; in URLs and keys. */
  name: string;
  title: string;
  /** Five-field cron expression, UTC. */
  schedule: string;
  /** Milliseconds for which a missed slot is still worth running. */
  catchUp: number;
  overlap: Overlap;
  /** Failures of one slot before it counts as failed. */
  attempts: number;
  /** Milliseconds until the next attempt after `n` failures. */
  retryDelay: (failures: number) => number;
  run(context: RunContext): Promise<Stats>;
}

/** What a run is given. Everything it writes goes through `commit` or `append`. */
export interface RunContext {
  readonly slot: Slot;
  readonly runId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Nothing is written: `commit` and `append` say that all went well. */
  readonly dryRun: boolean;
  /**
   * The time that the run speaks of, in milliseconds: when its first attempt began, but never in the next slot. A run
   * that is resumed, or caught up, comes to the same result.
   */
  readonly asOf: number;
  /** Aborts on cancellation, on shutdown, and when another worker has taken over. */
  readonly signal: AbortSignal;
  /** What the last `checkpoint` of this slot was. */
  readonly checkpoint: unknown;
  /**
   * Commits if this run is still the one that holds the slot. `checkpoint` is kept in the same atomic. Returns `false`
   * when one of the change's own checks failed.
   *
   * @throws {RunLost} when another worker has the slot, or the run was cancelled
   */
  commit(change: Change, checkpoint?: unknown): Promise<boolean>;
  /**
   * As `commit`, with events.
   *
   * @throws {RunLost} as `commit`
   * @throws {NexoraError} `conflict` when one of the change's own checks failed
   */
  append(change: Append, checkpoint?: unknown): Promise<Position[]>;
  /** The check that fences a write which goes another way. */
  readonly fence: Check;
  /** A line of the run's log, for people. */
  log(text: string): void;
  /** How far it has come; shown live. */
  progress(done: number, total?: number): void;
}

/** Raised in a run that may not write any more. */
export class RunLost extends Error {
  override name = "RunLost";
}

export type RunStatus =
  | "running"
  /** Failed or interrupted; goes on by itself. */
  | "waiting"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "skipped";

export interface LogLine {
  at: number;
  text: string;
}

/** One run of a job, as kept for 90 days. */
export interface Run {
  id: string;
  job: string;
  /** ISO time of the slot; `manual-…` and `dry-…` runs have slots of their own. */
  slot: string;
  slotAt: number;
  slotUntil: number;
  trigger: Trigger;
  /** User who started it by hand. */
  by?: string;
  dryRun: boolean;
  status: RunStatus;
  /** Attempts begun; one that was killed counts, one that was interrupted at shutdown does not. */
  attempts: number;
  /** Attempts that ended with an error. */
  failures: number;
  startedAt: number;
  finishedAt?: number;
  /** When a waiting run goes on. */
  retryAt?: number;
  progress?: { done: number; total?: number };
  stats?: Stats;
  error?: string;
  /** The newest 100 lines. */
  logs: LogLine[];
  expiresAt: number;
}
