import { activityRow } from "../activity/mod.ts";
import { mayDispute } from "../auth/policy.ts";
import { consequencesOf, planBountyAction } from "../bounties/mod.ts";
import { NexoraError } from "../errors.ts";
import { keys } from "../kv/mod.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { NewJob } from "../queue/types.ts";
import { trustChangeJob, type User } from "../users/mod.ts";
import {
  channelsOf,
  decideOnDispute,
  type DisputeDecision,
  type DisputeDeps,
  told,
} from "./change.ts";
import { jurorConsequences, partyConsequences } from "./consequences.ts";
import type { Decision } from "./fields.ts";
import { drawTribunal } from "./jury.ts";
import { disputeAfter, ROUNDS, tallyOf } from "./machine.ts";
import { seated } from "./tribunal.ts";
import type { Dispute, DisputeResolved, Verdict, Vote } from "./types.ts";

/**
 * Ends the voting of a round: a verdict, or other jurors once more, or an admin. Does nothing when that round is over
 * already or still has time, so it may run as often as it likes.
 *
 * @returns the dispute as it is now, or `null` when there was nothing to do
 */
export async function closeTribunal(
  deps: DisputeDeps,
  disputeId: string,
  round: number,
): Promise<Dispute | null> {
  const { kv, now } = deps;
  return await decideOnDispute<Dispute | null>(
    deps,
    disputeId,
    async (dispute) => {
      const { state, jurorIds, voted } = dispute;
      const over = state === "escalated" && dispute.round === round &&
        (voted === jurorIds.length || dispute.deadline! <= now());
      if (!over) return { result: null };
      // Each vote writes the dispute's row, which is checked: none is missed.
      const rows = await kv.getMany<Vote[]>(
        jurorIds.map((id) => keys.disputeVote(disputeId, round, id)),
      );
      const votes = rows.flatMap(({ value }) => value ?? []);
      const jurors = jurorConsequences(dispute, votes);
      const tally = tallyOf(dispute, votes.map(({ forId }) => forId));
      if (tally.forId !== null) {
        const decision = await settle(deps, dispute, {
          forId: tally.forId,
          by: "tribunal",
          mediatorId: null,
          note: null,
          votes: tally.votes,
          frivolous: tally.frivolous,
          at: now(),
        });
        return { ...decision, jobs: [...decision.jobs, ...jurors] };
      }
      const draw = round < ROUNDS
        ? await drawTribunal(deps, dispute)
        : { round: round + 1, at: now(), seed: "", eligible: [], drawn: [] };
      const after = disputeAfter(dispute, { verb: "redraw", draw }, now());
      const decision = seated(deps, after, tally.because);
      return {
        ...decision,
        jobs: [...decision.jobs, ...jurors],
        result: after,
      };
    },
  ).catch((error) => {
    if (error instanceof NexoraError && error.code === "not_found") return null;
    throw error;
  });
}

/**
 * The decision of an admin, where no tribunal came to one.
 *
 * @throws {NexoraError} `not_found`, `forbidden` (also for an admin who is a party), `bad_request`,
 * `illegal_transition`
 */
export function decideDispute(
  deps: DisputeDeps,
  actor: Pick<User, "id" | "role">,
  disputeId: string,
  { forId, note, frivolous }: Decision,
): Promise<Dispute> {
  return decideOnDispute<Dispute>(deps, disputeId, async (dispute) => {
    if (!mayDispute(actor, "mediate", dispute)) {
      throw new NexoraError("forbidden");
    }
    if (forId !== dispute.raiserId && forId !== dispute.accusedId) {
      throw new NexoraError("bad_request", undefined, {
        fields: { forId: "Choose one of the two" },
      });
    }
    if (dispute.state === "escalated") {
      throw new NexoraError(
        "illegal_transition",
        "A tribunal is voting on it",
      );
    }
    return await settle(deps, dispute, {
      forId,
      by: "mediator",
      mediatorId: actor.id,
      note,
      votes: {},
      frivolous: frivolous && forId === dispute.accusedId,
      at: deps.now(),
    });
  });
}

/** The end by a verdict: what becomes of the bounty and of everybody's trust is committed with it. */
async function settle(
  deps: DisputeDeps,
  dispute: Dispute,
  verdict: Verdict,
): Promise<DisputeDecision<Dispute> & { jobs: NewJob[] }> {
  const after = disputeAfter(
    dispute,
    { verb: "resolve", verdict },
    verdict.at,
  );
  const { bountyId, guildId, raiserId, accusedId, clientId } = after;
  const verb = verdict.forId === clientId ? "deny" : "award";
  const bounty = await planBountyAction(deps, bountyId, { verb }, {
    actor: null,
  });
  const outcome = verdict.forId === raiserId ? "upheld" : "dismissed";
  const data: DisputeResolved = {
    ...told(after),
    outcome,
    forId: verdict.forId,
    by: verdict.by,
    votes: verdict.votes,
  };
  return {
    dispute: after,
    checks: bounty.checks,
    mutations: [
      ...bounty.mutations,
      activityRow(deps, {
        kind: "dispute_resolved",
        actorId: raiserId,
        counterpartyId: accusedId,
        guildId,
        bountyId,
        outcome,
      }),
    ],
    events: [
      ...bounty.events,
      ...channelsOf(after).map((channel) => ({
        channel,
        event: "dispute:resolved",
        data,
      })),
    ],
    // A person's row is one check; with jurors they would not fit into one commit. Jobs that are committed with it do.
    jobs: [
      ...bounty.jobs,
      ...consequencesOf(bounty.before, bounty.after, verb).map((one) =>
        trustChangeJob(one.userId, one.change)
      ),
      ...partyConsequences(after),
      ...[raiserId, accusedId].map((party) =>
        resolvedNotice(after, party, party === verdict.forId ? "won" : "lost")
      ),
    ],
    result: after,
  };
}

/**
 * The raiser takes it back; the bounty goes on as it was.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition`
 */
export function withdrawDispute(
  deps: DisputeDeps,
  actor: Pick<User, "id" | "role">,
  disputeId: string,
): Promise<Dispute> {
  return decideOnDispute<Dispute>(deps, disputeId, async (dispute) => {
    if (!mayDispute(actor, "withdraw", dispute)) {
      throw new NexoraError("forbidden", "Who raised it may withdraw it");
    }
    const after = disputeAfter(dispute, { verb: "withdraw" }, deps.now());
    const bounty = await planBountyAction(
      deps,
      dispute.bountyId,
      { verb: "release" },
      { actor: null },
    );
    const data: DisputeResolved = {
      ...told(after),
      outcome: "withdrawn",
      forId: null,
      by: "raiser",
      votes: {},
    };
    return {
      dispute: after,
      checks: bounty.checks,
      mutations: bounty.mutations,
      events: [
        ...bounty.events,
        ...channelsOf(after).map((channel) => ({
          channel,
          event: "dispute:resolved",
          data,
        })),
      ],
      jobs: [
        ...bounty.jobs,
        resolvedNotice(after, after.accusedId, "withdrawn"),
      ],
      result: after,
    };
  });
}

/** Tells a party how it ended. */
function resolvedNotice(
  { id, bountyId, bountyTitle }: Dispute,
  userId: string,
  result: "won" | "lost" | "withdrawn",
): NewJob {
  return notifyJob({
    userIds: [userId],
    type: "dispute_resolved",
    data: { disputeId: id, bountyId, bountyTitle, result },
    key: `dispute-resolved:${id}`,
  });
}
