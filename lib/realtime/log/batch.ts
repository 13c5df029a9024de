import type { Check } from "../../kv/mod.ts";
import type { Position } from "../position.ts";
import type { EncodedEvent } from "./rows.ts";
import { encodeEvent } from "./rows.ts";
import { shardOf } from "./shards.ts";
import type { Append } from "./types.ts";

/** An append that waits for its commit. */
export interface Pending {
  change: Append;
  events: EncodedEvent[];
  /** `shardOf` each event. */
  shards: number[];
  /** By `checkKeysOf`, once somebody asked. */
  checkKeys: string[] | null;
  bytes: number;
  /** Rows it writes besides the log's own. */
  rows: number;
  /** Milliseconds; given up with `store_unavailable` after this. */
  deadline: number;
  resolve: (positions: Position[]) => void;
  reject: (error: unknown) => void;
}

/** How much fits into one atomic: KV takes 1,000 mutations, 800 KiB, 100 checks; a `denokv` server 10 checks. */
export interface BatchLimits {
  appends: number;
  checks: number;
  bytes: number;
  /** Below 1,000 by what heads and log rows need. */
  rows: number;
}

export const LOCAL_LIMITS: BatchLimits = {
  appends: 200,
  checks: 100,
  bytes: 200_000,
  rows: 900,
};
export const REMOTE_LIMITS: BatchLimits = {
  appends: 200,
  checks: 10,
  bytes: 200_000,
  rows: 900,
};

export function pendingOf(
  change: Append,
  deadline: number,
  settle: Pick<Pending, "resolve" | "reject">,
): Pending {
  const events = change.events.map(encodeEvent);
  let bytes = 0;
  for (const e of events) bytes += e.bytes;
  return {
    change,
    events,
    shards: events.map((e) => shardOf(e.channel)),
    checkKeys: null,
    bytes,
    rows: countRows(change),
    deadline,
    ...settle,
  };
}

/** What a function will write is known only with the positions; whoever writes more says so in `rows`. */
const ROWS_OF_A_FUNCTION = 10;

function countRows({ mutations, rows = ROWS_OF_A_FUNCTION }: Append): number {
  if (mutations === undefined) return 0;
  return typeof mutations === "function" ? rows : mutations.length;
}

/** The rows that an append checks, as text. One that has the commit to itself is never asked. */
export function checkKeysOf(pending: Pending): string[] {
  return pending.checkKeys ??= (pending.change.checks ?? []).map(keyText);
}

function keyText(check: Check): string {
  return check.key.map((part) => `${typeof part}:${String(part)}`).join(
    "\u0000",
  );
}

/**
 * Takes from the front of `queue` what fits into one commit, at least one. Two appends that check the same row never
 * share a commit: both checks would hold, though the second must see what the first wrote.
 */
export function takeBatch(queue: Pending[], limits: BatchLimits): Pending[] {
  if (queue.length === 1) return queue.splice(0, 1);
  const shards = new Set<number>();
  const checked = new Set<string>();
  let bytes = 0;
  let rows = 0;
  let count = 0;
  for (const pending of queue) {
    const newShards = pending.shards.filter((s) => !shards.has(s));
    const checkKeys = checkKeysOf(pending);
    const full = count >= limits.appends ||
      bytes + pending.bytes > limits.bytes ||
      rows + pending.rows > limits.rows ||
      shards.size + new Set(newShards).size + checked.size +
            checkKeys.length > limits.checks ||
      checkKeys.some((key) => checked.has(key));
    if (full && count > 0) break;
    for (const shard of newShards) shards.add(shard);
    for (const key of checkKeys) checked.add(key);
    bytes += pending.bytes;
    rows += pending.rows;
    count++;
  }
  return queue.splice(0, count);
}
