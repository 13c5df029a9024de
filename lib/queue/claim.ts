import { commitStamped, del, keys, set, unchanged } from "../kv/mod.ts";
import type { JobRow } from "./row.ts";

/** denokv refuses an atomic with more than 10 checks; SQLite takes 100, but ten rows a commit is fast enough. */
export const CHECKS_PER_COMMIT = 10;

/** Rows looked at in one scan, those of other deployments included. */
const SCAN_LIMIT = 4_096;

/** A job that this worker holds the lease of. `entry` follows the row when a heartbeat moves it. */
export interface Claim {
  entry: { key: Deno.KvKey; versionstamp: string };
  row: JobRow;
  /** Aborted when the lease is lost or the handler's time is up. */
  abort: AbortController;
  /** Its outcome is on its way to the store: heartbeats must leave it alone. */
  settling: boolean;
}

export type DueEntry = Deno.KvEntry<JobRow>;

/** What a scan of the queue's head found. */
export interface DueScan {
  due: DueEntry[];
  /** When the first row after these is due, in milliseconds; `undefined` when nothing else waits. */
  next: number | undefined;
}

/**
 * The earliest `limit` rows due at `now` that `mine` accepts. Rows of kinds that this process has no handler for
 * belong to another deployment: they are passed over and left to it.
 */
export async function listDue(
  kv: Deno.Kv,
  now: number,
  limit: number,
  mine: (row: JobRow, due: number) => boolean,
): Promise<DueScan> {
  const due: DueEntry[] = [];
  const iterator = kv.list<JobRow>({ prefix: keys.jobs() }, {
    limit: SCAN_LIMIT,
    batchSize: Math.min(Math.max(limit + 1, 16), 256),
  });
  for await (const entry of iterator) {
    const dueAt = entry.key[1] as number;
    if (dueAt > now) return { due, next: dueAt };
    if (!mine(entry.value, dueAt)) continue;
    if (due.length === limit) return { due, next: now };
    due.push(entry);
  }
  return { due, next: undefined };
}

function leased(entry: DueEntry, holder: string, until: number): Claim {
  const row: JobRow = {
    ...entry.value,
    attempts: entry.value.attempts + 1,
    lease: { holder, until },
  };
  return {
    entry: { key: keys.job(until, row.id), versionstamp: "" },
    row,
    abort: new AbortController(),
    settling: false,
  };
}

async function claimTogether(
  kv: Deno.Kv,
  entries: DueEntry[],
  holder: string,
  until: number,
): Promise<Claim[] | null> {
  const claims = entries.map((entry) => leased(entry, holder, until));
  const versionstamp = await commitStamped(kv, {
    checks: entries.map(unchanged),
    mutations: claims.flatMap((claim, i) => [
      del(entries[i]!.key),
      set(claim.entry.key, claim.row),
    ]),
  });
  if (versionstamp === null) return null;
  for (const claim of claims) claim.entry.versionstamp = versionstamp;
  return claims;
}

/**
 * Takes the leases of `entries` (at most `CHECKS_PER_COMMIT`) until `until`. Those that another worker took first are
 * missing from the result.
 */
export async function claimJobs(
  kv: Deno.Kv,
  entries: DueEntry[],
  holder: string,
  until: number,
): Promise<Claim[]> {
  const together = await claimTogether(kv, entries, holder, until);
  if (together) return together;
  if (entries.length === 1) return [];
  const single = await Promise.all(
    entries.map((entry) => claimTogether(kv, [entry], holder, until)),
  );
  return single.flatMap((claims) => claims ?? []);
}
