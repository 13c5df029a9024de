import { mayDispute } from "../auth/policy.ts";
import { activityOf } from "../activity/mod.ts";
import { ACTIVITY_KEPT } from "../activity/mod.ts";
import { NexoraError } from "../errors.ts";
import { del, keys, set, unchanged } from "../kv/mod.ts";
import { asks, settleAsk } from "../notifications/asks.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { NewJob } from "../queue/types.ts";
import { disputeChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import {
  channelsOf,
  decideOnDispute,
  type DisputeDecision,
  type DisputeDeps,
  told,
} from "./change.ts";
import { drawTribunal } from "./jury.ts";
import { disputeAfter } from "./machine.ts";
import { voteRow } from "./rows.ts";
import type {
  Dispute,
  DisputeEscalated,
  DisputeVoted,
  Draw,
  Vote,
} from "./types.ts";

/** Handled by `closeTribunal`; payload `{disputeId, round}`. */
export const CLOSE_TRIBUNAL = "close-tribunal";

/** Tells the admins that one of them decides; payload `{disputeId}`. */
export const CALL_MEDIATORS = "call-mediators";

/**
 * Calls a tribunal: by a party once the other side had its time, by an admin at once. Where too few people can be drawn
 * an admin decides.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition`
 */
export function escalateDispute(
  deps: DisputeDeps,
  actor: Pick<User, "id" | "role">,
  disputeId: string,
): Promise<Dispute> {
  return decideOnDispute<Dispute>(deps, disputeId, async (dispute) => {
    const early = mayDispute(actor, "mediate", dispute);
    if (!early && !mayDispute(actor, "escalate", dispute)) {
      throw new NexoraError("forbidden");
    }
    // Refuses before anybody is looked for.
    const nobody: Draw = {
      round: 1,
      at: deps.now(),
      seed: "",
      eligible: [],
      drawn: [],
    };
    disputeAfter(dispute, { verb: "escalate", draw: nobody, early }, nobody.at);
    const draw = await drawTribunal(deps, dispute);
    const after = disputeAfter(
      dispute,
      { verb: "escalate", draw, early },
      deps.now(),
    );
    return { ...seated(deps, after, "called"), result: after };
  });
}

/** What follows when jurors were drawn, or could not be. */
export function seated(
  { now }: Pick<DisputeDeps, "now">,
  after: Dispute,
  because: DisputeEscalated["because"],
): Omit<DisputeDecision<never>, "result"> & { jobs: NewJob[] } {
  const voting = after.state === "escalated";
  const { id, bountyTitle, jurorIds, round, quorum, deadline } = after;
  const data: DisputeEscalated = {
    ...told(after),
    to: voting ? "tribunal" : "mediation",
    because: voting || because !== "called" ? because : "no_jurors",
    round,
    jurors: jurorIds.length,
    quorum,
    deadline,
  };
  return {
    dispute: after,
    events: channelsOf(after).map((channel) => ({
      channel,
      event: "dispute:escalated",
      data,
    })),
    jobs: voting
      ? [
        notifyJob({
          userIds: jurorIds,
          type: "tribunal_vote_needed",
          data: { disputeId: id, bountyTitle, deadline: deadline! },
          key: `tribunal:${id}:${round}`,
          ask: asks.vote(id, round),
        }),
        {
          kind: CLOSE_TRIBUNAL,
          payload: { disputeId: id, round },
          delay: Math.max(0, deadline! - now()),
        },
      ]
      : [{ kind: CALL_MEDIATORS, payload: { disputeId: id } }],
  };
}

/**
 * A juror's vote, for one of the parties. It can be changed until voting ends: at the deadline, or when all have voted.
 * For whom stays secret until then.
 *
 * @throws {NexoraError} `not_found`, `forbidden` for who is no juror of this round, `bad_request`, `illegal_transition`
 */
export function castVote(
  deps: DisputeDeps,
  actor: Pick<User, "id" | "role">,
  disputeId: string,
  forId: string,
  device: string | null = null,
): Promise<{ dispute: Dispute; vote: Vote }> {
  const { kv, now, newId } = deps;
  return decideOnDispute(deps, disputeId, async (dispute) => {
    if (!mayDispute(actor, "vote", dispute)) {
      throw new NexoraError("forbidden", "The jurors who were drawn vote");
    }
    if (forId !== dispute.raiserId && forId !== dispute.accusedId) {
      throw new NexoraError("bad_request", undefined, {
        fields: { forId: "Choose one of the two" },
      });
    }
    const at = now();
    const { round, bountyId, guildId } = dispute;
    const entry = await kv.get<Vote>(
      keys.disputeVote(disputeId, round, actor.id),
    );
    const earlier = entry.value;
    const changed = earlier !== null;
    const after = disputeAfter(dispute, { verb: "vote", changed }, at);
    if (earlier?.forId === forId) {
      return { result: { dispute, vote: earlier } };
    }
    const activity = activityOf({
      id: newId(),
      at,
      kind: "tribunal_vote",
      actorId: actor.id,
      counterpartyId: forId,
      guildId,
      bountyId,
      device,
    });
    const vote: Vote = {
      disputeId,
      round,
      jurorId: actor.id,
      forId,
      at,
      activity: { id: activity.id, at },
    };
    const settled = settleAsk({
      ask: asks.vote(disputeId, round),
      outcome: "voted",
      byId: actor.id,
      userIds: [actor.id],
    }, at);
    const all = after.voted === after.jurorIds.length;
    const data: DisputeVoted = {
      ...told(after),
      voted: after.voted,
      jurors: after.jurorIds.length,
    };
    return {
      dispute: after,
      checks: [unchanged(entry)],
      mutations: [
        voteRow(vote),
        // A juror has one vote, and so one activity: the last word counts.
        ...earlier
          ? [del(keys.activity(earlier.activity.at, earlier.activity.id))]
          : [],
        set(keys.activity(at, activity.id), activity, ACTIVITY_KEPT),
        ...settled.mutations,
      ],
      events: [{
        channel: disputeChannel(disputeId),
        event: "dispute:vote",
        data,
      }],
      jobs: [
        ...settled.jobs,
        ...all ? [{ kind: CLOSE_TRIBUNAL, payload: { disputeId, round } }] : [],
      ],
      result: { dispute: after, vote },
    };
  });
}
