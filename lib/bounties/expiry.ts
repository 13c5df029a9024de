import { z } from "zod";
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
