import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { JobRow } from "./row.ts";

/** What the queue holds, for people who look after it. */
export interface Backlog {
  /** Due and unclaimed. */
  waiting: number;
  /** Held by a worker. */
  running: number;
  /** Due later: delayed, or between two attempts. */
  scheduled: number;
  /** Milliseconds that the oldest waiting job has been due for. */
  oldest: number;
  /** Counts by kind, of all three. */
  kinds: Record<string, number>;
  /** There is more than was looked at: the counts are lower bounds. */
  truncated: boolean;
}

/** Counts at most `limit` rows, earliest due first. */
export async function readBacklog(
  { kv, now }: Pick<Deps, "kv" | "now">,
  limit = 5_000,
): Promise<Backlog> {
  const at = now();
  const backlog: Backlog = {
    waiting: 0,
    running: 0,
    scheduled: 0,
    oldest: 0,
    kinds: {},
    truncated: false,
  };
  let read = 0;
  const rows = kv.list<JobRow>({ prefix: keys.jobs() }, {
    limit,
    batchSize: Math.min(limit, 500),
  });
  for await (const { key, value } of rows) {
    read++;
    const due = key[1] as number;
    if (value.lease && due > at) backlog.running++;
    else if (due > at) backlog.scheduled++;
    else {
      backlog.waiting++;
      backlog.oldest = Math.max(backlog.oldest, at - due);
    }
    backlog.kinds[value.kind] = (backlog.kinds[value.kind] ?? 0) + 1;
  }
  backlog.truncated = read === limit;
  return backlog;
}
