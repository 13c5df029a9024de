import { z } from "zod";
import { keys } from "../kv/mod.ts";
import type { Queue } from "../queue/types.ts";
import { expireBounty } from "./actions.ts";
import type { BountyDeps } from "./change.ts";
import { EXPIRE_KIND } from "./jobs.ts";

const ExpirePayload = z.object({ bountyId: z.string() });

/** Registers the handlers of the jobs that bounties cause; before `queue.start()`. */
export function registerBountyJobs(queue: Queue, deps: BountyDeps): void {
  // Each deadline that a bounty ever had brings a job; those that no longer apply find nothing to do.
  queue.handle(EXPIRE_KIND, async (job) => {
    await expireBounty(deps, ExpirePayload.parse(job.payload).bountyId);
  });
}

/** Bounties looked at in one sweep; the next one takes the others. */
const SWEPT = 500;

/**
 * Ends bounties whose deadline has passed and whose job was lost, by the index of deadlines. What a job has ended is no
 * more in it.
 *
 * @returns how many were ended
 */
export async function sweepDeadlines(deps: BountyDeps): Promise<number> {
  const due = deps.kv.list<string>({
    prefix: keys.bountyDeadlines(),
    end: keys.bountyDeadline(deps.now() + 1, ""),
  }, { limit: SWEPT });
  let ended = 0;
  for await (const { value } of due) {
    if (await expireBounty(deps, value)) ended++;
  }
  return ended;
}
