import {
  type Change,
  commitStamped,
  del,
  keys,
  set,
  unchanged,
} from "../kv/mod.ts";
import { CHECKS_PER_COMMIT, type Claim } from "./claim.ts";
import type { JobRow } from "./row.ts";

/** What becomes of a claimed job. */
export type Outcome =
  | { type: "done" }
  /** Run again at `due` (milliseconds since the epoch). */
  | { type: "retry"; due: number; error: string }
  /** Give up; an admin may replay it. */
  | { type: "dead"; at: number; error: string }
  /** Hold the lease until `until`. */
  | { type: "renew"; until: number };

/** A job that used up its attempts, as kept under `["jobsDead", id]`. */
export interface DeadJob extends Omit<JobRow, "lease"> {
  /** milliseconds since the epoch */
  diedAt: number;
  /** When the row leaves the store. */
  expiresAt: number;
}

/** Dead letters are kept for 30 days. */
const DEAD_KEPT = 30 * 86_400_000;

interface Pending {
  claim: Claim;
  outcome: Outcome;
  resolve: (held: boolean) => void;
  reject: (error: unknown) => void;
}

/** Commits in one atomic what happens to stay within the limits of 10 checks and 800 KiB. */
const BATCH = 64;

/**
 * Writes outcomes, many to a commit: while one commit is in flight the next batch collects. Being the only writer of
 * the rows that this worker holds, it needs no locking between a heartbeat and a completion of the same job.
 */
export class Settler {
  #kv: Deno.Kv;
  #waiting: Pending[] = [];
  #running: Promise<void> | undefined;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** Resolves to `false` when the lease was lost, in which case nothing was written. */
  settle(claim: Claim, outcome: Outcome): Promise<boolean> {
    if (outcome.type !== "renew") claim.settling = true;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ claim, outcome, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async #run() {
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      if (batch.length === 0) continue;
      try {
        if (await this.#write(batch)) {
          for (const item of batch) item.resolve(true);
        } else {
          for (const item of batch) {
            item.resolve(batch.length > 1 && await this.#write([item]));
          }
        }
      } catch (error) {
        for (const item of batch) item.reject(error);
      }
    }
    this.#running = undefined;
  }

  /** The next batch; heartbeats of jobs whose outcome is known already are dropped. */
  #take(): Pending[] {
    const batch: Pending[] = [];
    let checks = 0;
    while (this.#waiting.length > 0 && batch.length < BATCH) {
      const item = this.#waiting[0]!;
      const needed = isChecked(item) ? 1 : 0;
      if (checks + needed > CHECKS_PER_COMMIT) break;
      this.#waiting.shift();
      if (item.outcome.type === "renew" && item.claim.settling) {
        item.resolve(true);
        continue;
      }
      checks += needed;
      batch.push(item);
    }
    return batch;
  }

  async #write(batch: Pending[]): Promise<boolean> {
    const change: Required<Change> = { checks: [], mutations: [] };
    for (const item of batch) {
      const one = rewrite(item);
      change.checks.push(...one.checks ?? []);
      change.mutations.push(...one.mutations ?? []);
    }
    const versionstamp = await commitStamped(this.#kv, change);
    if (versionstamp === null) return false;
    for (const { claim, outcome } of batch) {
      if (outcome.type !== "renew") continue;
      claim.entry = {
        key: keys.job(outcome.until, claim.row.id),
        versionstamp,
      };
      claim.row.lease!.until = outcome.until;
    }
    return true;
  }
}

/**
 * A row that another worker took has moved to another key, so deleting the key we know cannot hurt it: a completion
 * needs no check, unless the unique key goes too. Everything else writes a row and must still hold the lease.
 */
function isChecked({ claim, outcome }: Pending): boolean {
  return outcome.type !== "done" || claim.row.uniqueKey !== undefined;
}

function rewrite(item: Pending): Change {
  const { claim: { entry, row }, outcome } = item;
  const { id } = row;
  const checks = isChecked(item) ? [unchanged({ ...entry, value: row })] : [];
  const leave = del(entry.key);
  const free = row.uniqueKey === undefined
    ? []
    : [del(keys.jobUnique(row.uniqueKey))];
  const { lease, ...rest } = row;
  switch (outcome.type) {
    case "done":
      return { checks, mutations: [leave, ...free] };
    case "retry":
      return {
        checks,
        mutations: [
          leave,
          set(
            keys.job(outcome.due, id),
            { ...rest, lastError: outcome.error } satisfies JobRow,
          ),
        ],
      };
    case "dead":
      return {
        checks,
        mutations: [
          leave,
          ...free,
          set(
            keys.deadJob(id),
            {
              ...rest,
              lastError: outcome.error,
              diedAt: outcome.at,
              expiresAt: outcome.at + DEAD_KEPT,
            } satisfies DeadJob,
            DEAD_KEPT,
          ),
        ],
      };
    case "renew":
      return {
        checks,
        mutations: [
          leave,
          set(
            keys.job(outcome.until, id),
            {
              ...rest,
              lease: { ...lease!, until: outcome.until },
            } satisfies JobRow,
          ),
        ],
      };
  }
}
