import { NexoraError } from "../errors.ts";
import {
  absent,
  commit,
  del,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { JobRow, UniqueRow } from "./row.ts";
import type { DeadJob } from "./settle.ts";

/** A page of dead letters, newest first. */
export interface DeadLetterPage {
  items: DeadJob[];
  /** For the next page; absent on the last. */
  cursor?: string;
}

/** Dead letters, newest first (ids sort by time of making). */
export async function listDeadLetters(
  { kv, now }: Pick<Deps, "kv" | "now">,
  { limit = 50, cursor }: { limit?: number; cursor?: string } = {},
): Promise<DeadLetterPage> {
  const entries = kv.list<DeadJob>({ prefix: keys.deadJobs() }, {
    limit,
    cursor,
    reverse: true,
  });
  const items: DeadJob[] = [];
  let read = 0;
  for await (const entry of entries) {
    read++;
    if (entry.value.expiresAt > now()) items.push(entry.value);
  }
  return read < limit || !entries.cursor
    ? { items }
    : { items, cursor: entries.cursor };
}

/**
 * Puts a dead letter back into the queue with all its attempts before it.
 *
 * @throws {NexoraError} `not_found`; `already_exists` when another job with its unique key waits or runs
 */
export async function replayDeadLetter(
  { kv, now, queue }: Pick<Deps, "kv" | "now" | "queue">,
  id: string,
): Promise<void> {
  await retryConflicts(async () => {
    const entry = await kv.get<DeadJob>(keys.deadJob(id));
    if (entry.value === null || entry.value.expiresAt <= now()) {
      throw new NexoraError("not_found", "This dead letter is gone");
    }
    const { diedAt: _, expiresAt: __, ...rest } = entry.value;
    const row: JobRow = { ...rest, attempts: 0 };
    const checks = [unchanged(entry)];
    const mutations: Mutation[] = [
      del(entry.key),
      set(keys.job(now(), id), row),
      set(keys.jobBell(), now()),
    ];
    if (row.uniqueKey !== undefined) {
      const unique = keys.jobUnique(row.uniqueKey);
      if ((await kv.get(unique)).value !== null) {
        throw new NexoraError(
          "already_exists",
          "Another job of the same kind and subject is in the queue",
        );
      }
      checks.push(absent(unique));
      mutations.push(set(unique, { id } satisfies UniqueRow));
    }
    return await commit(kv, { checks, mutations }) ? true : null;
  });
  queue.ring();
}

/**
 * Puts every dead letter (of one kind) back. Those whose unique key is taken stay.
 *
 * @returns how many went back
 */
export async function replayDeadLetters(
  deps: Pick<Deps, "kv" | "now" | "queue">,
  kind?: string,
): Promise<number> {
  let replayed = 0;
  let cursor: string | undefined;
  do {
    const page = await listDeadLetters(deps, { limit: 100, cursor });
    for (const item of page.items) {
      if (kind !== undefined && item.kind !== kind) continue;
      try {
        await replayDeadLetter(deps, item.id);
        replayed++;
      } catch (error) {
        if (!(error instanceof NexoraError)) throw error;
        if (!["not_found", "already_exists"].includes(error.code)) throw error;
      }
    }
    cursor = page.cursor;
  } while (cursor);
  return replayed;
}

/** Forgets a dead letter for good; forgetting one that is gone changes nothing. */
export async function discardDeadLetter(
  { kv }: Pick<Deps, "kv">,
  id: string,
): Promise<void> {
  await commit(kv, { mutations: [del(keys.deadJob(id))] });
}
