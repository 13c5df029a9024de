import { z } from "zod";
import { keys } from "../kv/mod.ts";
import type { Queue } from "../queue/types.ts";
import type { DisputeDeps } from "./change.ts";
import { getDispute } from "./find.ts";
import { closeTribunal } from "./settle.ts";
import { CLOSE_TRIBUNAL } from "./tribunal.ts";

const Payload = z.object({ disputeId: z.string(), round: z.number() });

/** Registers the ends of tribunals; before `queue.start()`. */
export function registerDisputeJobs(queue: Queue, deps: DisputeDeps): void {
  queue.handle(CLOSE_TRIBUNAL, async (job) => {
    const { disputeId, round } = Payload.parse(job.payload);
    await closeTribunal(deps, disputeId, round);
  });
}

/** Tribunals ended at once. */
const TOGETHER = 100;

/**
 * Ends the tribunals whose time is over, should a job have been lost (an admin discarded it, a backup was restored).
 *
 * @returns how many there were
 */
export async function sweepTribunals(deps: DisputeDeps): Promise<number> {
  const { kv, now } = deps;
  // The end itself is due: one millisecond later is the first key that is not.
  const rows = kv.list<string>({
    prefix: keys.disputesDue(),
    end: keys.disputeDue(now() + 1, ""),
  }, { limit: TOGETHER });
  const ids = await Array.fromAsync(rows, ({ value }) => value);
  let ended = 0;
  for (const id of ids) {
    const dispute = await getDispute(kv, id);
    if (dispute && await closeTribunal(deps, id, dispute.round)) ended++;
  }
  return ended;
}
