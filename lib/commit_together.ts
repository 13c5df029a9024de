import { type Change, commit, nullIfOvertaken } from "./kv/mod.ts";
import type { Deps } from "./platform.ts";
import type { NewJob } from "./queue/types.ts";
import type { NewEvent } from "./realtime/mod.ts";

/** Everything that a change comes to. */
export interface WholeChange extends Change {
  events?: NewEvent[];
  jobs?: NewJob[];
}

/**
 * Commits rows, events and jobs of a change in one atomic and wakes the workers; `false`, and nothing is written, when
 * somebody came in between. What has no event needs no place in the log.
 *
 * @throws {NexoraError} `store_unavailable`
 */
export async function commitTogether(
  { kv, log, queue }: Pick<Deps, "kv" | "log" | "queue">,
  { checks = [], mutations = [], events = [], jobs = [] }: WholeChange,
): Promise<boolean> {
  const planned = queue.plan(jobs);
  const change = {
    checks: [...checks, ...planned.checks],
    mutations: [...mutations, ...planned.mutations],
  };
  const committed = events.length === 0
    ? await commit(kv, change)
    : await nullIfOvertaken(log.append({ events, ...change })) !== null;
  if (committed && jobs.length > 0) queue.ring();
  return committed;
}
