import { z } from "zod";
import type { Cache } from "../../cache/mod.ts";
import type { Queue } from "../../queue/types.ts";
import { changeTrust, TRUST_CHANGE_KIND, type TrustDeps } from "./change.ts";
import { forgetProfile, PROFILE_CHANGED_KIND } from "./profile_job.ts";
import { TRUST_REASONS } from "./types.ts";

const n = z.number().optional();

const ChangePayload = z.object({
  userId: z.string(),
  delta: z.number(),
  reason: z.enum(TRUST_REASONS),
  cause: z.string().min(1).max(200),
  link: z.string().optional(),
  counts: z.object({
    completed: n,
    rejected: n,
    rating: n,
    earned: n,
    commissioned: n,
    paid: n,
    disputesWon: n,
    disputesLost: n,
    votes: n,
  }).optional(),
});

/** Registers the handlers of the jobs about users; before `queue.start()`. Without a cache nothing has to be forgotten. */
export function registerUserJobs(
  queue: Queue,
  deps: TrustDeps & { cache?: Cache },
): void {
  queue.handle(TRUST_CHANGE_KIND, async (job) => {
    const { userId, ...change } = ChangePayload.parse(job.payload);
    await changeTrust(deps, userId, change);
  });
  queue.handle(PROFILE_CHANGED_KIND, async (job) => {
    const { userId } = z.object({ userId: z.string() }).parse(job.payload);
    if (deps.cache) await forgetProfile(deps.cache, userId);
  });
}
