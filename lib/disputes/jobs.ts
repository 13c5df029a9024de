import { z } from "zod";
import { keys } from "../kv/mod.ts";
import { asks } from "../notifications/asks.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { Queue } from "../queue/types.ts";
import { adminIds } from "../users/mod.ts";
import type { DisputeDeps } from "./change.ts";
import { getDispute } from "./find.ts";
import { closeTribunal } from "./settle.ts";
import { CALL_MEDIATORS, CLOSE_TRIBUNAL } from "./tribunal.ts";

const Payload = z.object({ disputeId: z.string(), round: z.number() });

/** Registers the ends of tribunals; before `queue.start()`. */
export function registerDisputeJobs(queue: Queue, deps: DisputeDeps): void {
  queue.handle(CLOSE_TRIBUNAL, async (job) => {
    const { disputeId, round } = Payload.parse(job.payload);
    await closeTribunal(deps, disputeId, round);
  });
  queue.handle(CALL_MEDIATORS, async (job) => {
    const { disputeId } = Payload.pick({ disputeId: true }).parse(job.payload);
    await callMediators(deps, disputeId);
  });
}

/** People whom one notification's job may name. */
const NAMED = 100;

/** Tells the admins, but for one who is a party. The key makes a second run harmless. */
async function callMediators(
  { kv, queue }: DisputeDeps,
  disputeId: string,
): Promise<void> {
  const dispute = await getDispute(kv, disputeId);
  if (dispute?.state !== "mediation") return;
  const { raiserId, accusedId, bountyId, bountyTitle } = dispute;
  const admins = (await adminIds(kv)).filter((id) =>
    id !== raiserId && id !== accusedId
  );
  for (let i = 0; i < admins.length; i += NAMED) {
    await queue.enqueue(notifyJob({
      userIds: admins.slice(i, i + NAMED),
      type: "dispute_mediation",
      data: { disputeId, bountyId, bountyTitle },
      key: `dispute-mediation:${disputeId}`,
      ask: asks.mediate(disputeId),
    }));
  }
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
