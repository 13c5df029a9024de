import { activityRow } from "../activity/mod.ts";
import { mayBounty } from "../auth/policy.ts";
import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { planBountyAction } from "../bounties/mod.ts";
import { DAY, HOUR, MINUTE } from "../clock.ts";
import { commitTogether } from "../commit_together.ts";
import { NexoraError } from "../errors.ts";
import { getGuild } from "../guilds/mod.ts";
import { absent, keys, retryConflicts } from "../kv/mod.ts";
import { asks } from "../notifications/asks.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { User } from "../users/mod.ts";
import { channelsOf, type DisputeDeps, told } from "./change.ts";
import { getDispute } from "./find.ts";
import { DISPUTABLE, RESPONSE_TIME } from "./machine.ts";
import { disputeRows } from "./rows.ts";
import type { Dispute, DisputeRaised } from "./types.ts";

/** A dispute stops the work on a bounty and takes other people's time. */
const DISPUTES: AttemptLimit = {
  scope: "dispute-raise",
  free: 5,
  firstDelay: 10 * MINUTE,
  maxDelay: 12 * HOUR,
  forgetAfter: DAY,
};

/**
 * Raises a dispute about a bounty, by its client or its worker against the other. While it is open nothing else happens
 * to the bounty: the bounty's row says so in the same commit.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition` when the bounty is in no state for it, was
 * rejected over 14 days ago or had its dispute, `rate_limited`
 */
export async function raiseDispute(
  deps: DisputeDeps,
  actor: Pick<User, "id" | "role" | "name">,
  bountyId: string,
  reason: string,
  device: string | null = null,
): Promise<Dispute> {
  const { kv, now, newId } = deps;
  const id = newId();
  let counted = false;
  return await retryConflicts(async () => {
    const at = now();
    const plan = await planBountyAction(
      deps,
      bountyId,
      { verb: "dispute", disputeId: id, raiserId: actor.id },
      { actor: null },
    );
    const bounty = plan.before;
    if (!mayBounty(actor, "dispute", { bounty }) || bounty.workerId === null) {
      throw new NexoraError(
        "forbidden",
        "A dispute is between the client and the worker of a bounty",
      );
    }
    if (bounty.endedAt !== null && bounty.endedAt + DISPUTABLE < at) {
      throw new NexoraError(
        "illegal_transition",
        "Rejected work can be disputed for 14 days",
      );
    }
    const earlier = bounty.disputeId && await getDispute(kv, bounty.disputeId);
    if (earlier && earlier.state === "resolved") {
      throw new NexoraError(
        "illegal_transition",
        "A dispute about this bounty has been resolved",
      );
    }
    if (!counted) {
      await countAttempt(deps, DISPUTES, actor.id);
      counted = true;
    }
    const { clientId, workerId, guildId, title } = bounty;
    const dispute: Dispute = {
      id,
      bountyId,
      bountyTitle: title,
      guildId,
      clientId,
      raiserId: actor.id,
      accusedId: actor.id === clientId ? workerId : clientId,
      reason,
      state: "raised",
      revision: 1,
      respondBy: at + RESPONSE_TIME,
      round: 0,
      jurorIds: [],
      quorum: 0,
      voted: 0,
      deadline: null,
      evidence: 0,
      draws: [],
      verdict: null,
      createdAt: at,
      updatedAt: at,
      endedAt: null,
    };
    const { raiserId, accusedId, respondBy } = dispute;
    const guild = guildId === null ? null : await getGuild(kv, guildId);
    const concerned = new Set([accusedId, ...guild?.officerIds ?? []]);
    concerned.delete(raiserId);
    const data: DisputeRaised = {
      ...told(dispute),
      guildId,
      raiserId,
      accusedId,
      respondBy,
    };
    const committed = await commitTogether(deps, {
      checks: [...plan.checks, absent(keys.dispute(id))],
      mutations: [
        ...plan.mutations,
        ...disputeRows(null, dispute),
        activityRow(deps, {
          kind: "dispute_raised",
          actorId: raiserId,
          counterpartyId: accusedId,
          guildId,
          bountyId,
          device,
        }),
      ],
      events: [
        ...plan.events,
        ...channelsOf(dispute).map((channel) => ({
          channel,
          event: "dispute:raised",
          data,
        })),
      ],
      jobs: [
        ...plan.jobs,
        notifyJob({
          userIds: [...concerned],
          type: "dispute_raised",
          data: {
            disputeId: id,
            bountyId,
            bountyTitle: title,
            raiserId: actor.id,
            raisedBy: actor.name,
          },
          key: `dispute-raised:${id}`,
          ask: asks.giveYourSide(id),
        }),
      ],
    });
    return committed ? dispute : null;
  });
}
