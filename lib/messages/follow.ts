import { keys, type Mutation, set } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { RoomHead } from "./ledger.ts";

export const INDEX_KIND = "messages:index";

/** A room's index follows this long after its messages, so that a busy room is indexed in few steps. */
const FOLLOWS_AFTER = 1_000;
/** Within this time after a job was planned it is known to come later than what is committed meanwhile. */
const COVERED_FOR = 500;

/** The job that brings the search index of a room up to date; made once an action, used when it is due. */
export function indexJob(
  { queue }: Pick<Deps, "queue">,
  channel: string,
): Mutation[] {
  return queue.plan([{
    kind: INDEX_KIND,
    payload: { channel },
    delay: FOLLOWS_AFTER,
  }]).mutations;
}

/** The row of a room's head, with the job that makes the index follow unless one is on its way. */
export function roomRows(
  channel: string,
  head: RoomHead,
  at: number,
  job: Mutation[],
): Mutation[] {
  const covered = at >= head.indexAt && at - head.indexAt < COVERED_FOR;
  return covered
    ? [set(keys.room(channel), head)]
    : [set(keys.room(channel), { ...head, indexAt: at }), ...job];
}
