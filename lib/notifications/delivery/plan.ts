import { keys, type Mutation, set } from "../../kv/mod.ts";
import type { NewJob } from "../../queue/types.ts";
import type { DeliveryDecision } from "../preferences/decide.ts";
import { EMAIL_KIND, heldJob, PUSH_KIND, sendJob } from "./job_kinds.ts";

/**
 * The jobs and rows that carry a decision out, for the atomic of the notification. What waits for the same time waits
 * together: the first of them brings the job.
 */
export async function planDelivery(
  { kv, now }: { kv: Deno.Kv; now: number },
  userId: string,
  id: string,
  decision: DeliveryDecision,
): Promise<{ jobs: NewJob[]; mutations: Mutation[] }> {
  const jobs: NewJob[] = [];
  const mutations: Mutation[] = [];
  for (const channel of ["push", "email"] as const) {
    const { verdict, at } = decision[channel];
    if (verdict === "never") continue;
    if (verdict !== "digest") {
      const kind = channel === "push" ? PUSH_KIND : EMAIL_KIND;
      jobs.push(sendJob(kind, { userId, id }, at - now));
      continue;
    }
    const waiting = kv.list(
      { prefix: keys.notificationsHeld(userId, channel, at) },
      { limit: 1 },
    );
    // All that hold for one person check the same inbox, so nobody else plans it at the same moment.
    if ((await waiting.next()).done) {
      jobs.push(heldJob({ userId, channel, due: at }, at - now));
    }
    mutations.push(set(keys.notificationHeld(userId, channel, at, id), true));
  }
  return { jobs, mutations };
}
