import { serialize } from "node:v8";
import { NexoraError } from "../errors.ts";
import { absent, type Change, keys, set } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { Job, NewJob } from "./types.ts";

/**
 * A job as stored under `["jobs", dueMs, id]`. Claiming a job *moves* its row to the time when the lease ends, so one
 * scan of what is due finds waiting jobs, retries and the jobs of workers that died, and nothing else.
 */
export interface JobRow {
  id: string;
  kind: string;
  payload: unknown;
  uniqueKey?: string;
  /** Attempts begun so far. */
  attempts: number;
  maxAttempts: number;
  /** milliseconds since the epoch */
  enqueuedAt: number;
  /** Who runs it now; absent while it waits. */
  lease?: { holder: string; until: number };
  /** Why the last attempt failed, one line. */
  lastError?: string;
}

/** What `["jobsUnique", key]` holds while a job with that key waits or runs. */
export interface UniqueRow {
  id: string;
}

export const DEFAULT_ATTEMPTS = 8;

/** A KV value holds 64 KiB; what is left over is for the row around the payload. */
const PAYLOAD_LIMIT = 48 * 1024;

/**
 * The rows of new jobs. A job with a unique key checks that nobody holds the key.
 *
 * @throws {NexoraError} `too_large` when a payload takes over 48 KiB
 */
export function jobRows(
  deps: Pick<Deps, "now" | "newId">,
  jobs: NewJob[],
): Required<Change> {
  const change: Required<Change> = { checks: [], mutations: [] };
  const now = deps.now();
  for (const job of jobs) {
    const size = storedSize(job.payload);
    if (size > PAYLOAD_LIMIT) {
      throw new NexoraError(
        "too_large",
        `The payload of a ${job.kind} job is ${size} bytes, at most ${PAYLOAD_LIMIT} fit`,
      );
    }
    const row: JobRow = {
      id: deps.newId(),
      kind: job.kind,
      payload: job.payload,
      attempts: 0,
      maxAttempts: Math.max(1, job.maxAttempts ?? DEFAULT_ATTEMPTS),
      enqueuedAt: now,
    };
    if (job.uniqueKey !== undefined) {
      row.uniqueKey = job.uniqueKey;
      const unique = keys.jobUnique(job.uniqueKey);
      change.checks.push(absent(unique));
      change.mutations.push(set(unique, { id: row.id } satisfies UniqueRow));
    }
    change.mutations.push(
      set(keys.job(now + Math.max(0, job.delay ?? 0), row.id), row),
    );
  }
  return change;
}

/** The stored bytes: V8 writes a string with any character beyond Latin-1 as two bytes each. */
function storedSize(payload: unknown): number {
  const json = JSON.stringify(payload) ?? "";
  // deno-lint-ignore no-control-regex -- the range is Latin-1
  const bound = /[^\x00-\xff]/.test(json) ? json.length * 2 : json.length;
  // JSON may be six times as long as what it escapes; measured exactly only where that matters.
  return bound <= PAYLOAD_LIMIT ? bound : serialize(payload).length;
}

/** The job as its handler sees it. */
export function toJob(row: JobRow): Job {
  const job: Job = {
    id: row.id,
    kind: row.kind,
    payload: row.payload,
    attempt: row.attempts,
    maxAttempts: row.maxAttempts,
    enqueuedAt: row.enqueuedAt,
  };
  if (row.uniqueKey !== undefined) job.uniqueKey = row.uniqueKey;
  return job;
}
