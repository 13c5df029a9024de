import { type Activity, activityOf } from "../activity/mod.ts";
import type { Bounty } from "../bounties/mod.ts";
import {
  type Dispute,
  disputeAfter,
  disputeRows,
  type Evidence,
  evidenceRow,
  pickJurors,
  RESPONSE_TIME,
  tallyOf,
  type Vote,
  voteRow,
} from "../disputes/mod.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import type { StoryDeps } from "./story.ts";

/** What happened in a dispute; times in milliseconds, in order. */
export interface DisputeTale {
  id: string;
  bounty: Pick<Bounty, "id" | "title" | "guildId" | "clientId" | "workerId">;
  raiserId: string;
  reason: string;
  at: number;
  evidence: Pick<Evidence, "authorId" | "text" | "links" | "at">[];
  /** Who could have been drawn, and how those who were voted: `true` for the raiser. */
  tribunal?: {
    at: number;
    eligible: readonly string[];
    vote: (jurorId: string, n: number) =>
      | { forRaiser: boolean; at: number }
      | null;
    /** When the last has voted or time is over; absent while they vote. */
    endedAt?: number;
  };
  withdrawnAt?: number;
}

/** Lives a dispute's past through the same machine and rows as a live one. */
export function liveDispute(
  { deviceOf, idAt }: Pick<StoryDeps, "deviceOf" | "idAt">,
  tale: DisputeTale,
): { dispute: Dispute; votes: Vote[]; rows: Mutation[] } {
  const { bounty, raiserId } = tale;
  const { clientId, workerId, guildId } = bounty;
  const accusedId = raiserId === clientId ? workerId! : clientId;
  const rows: Mutation[] = [];
  const votes: Vote[] = [];
  const did = (
    done: Pick<Activity, "at" | "kind" | "actorId"> & Partial<Activity>,
  ) => {
    const row = activityOf({
      id: idAt(done.at, tale.id, done.kind, done.actorId),
      guildId,
      bountyId: bounty.id,
      ...done,
    });
    rows.push(set(keys.activity(row.at, row.id), row));
    return { id: row.id, at: row.at };
  };
  let dispute: Dispute = {
    id: tale.id,
    bountyId: bounty.id,
    bountyTitle: bounty.title,
    guildId,
    clientId,
    raiserId,
    accusedId,
    reason: tale.reason,
    state: "raised",
    revision: 1,
    respondBy: tale.at + RESPONSE_TIME,
    round: 0,
    jurorIds: [],
    quorum: 0,
    voted: 0,
    deadline: null,
    evidence: 0,
    draws: [],
    verdict: null,
    createdAt: tale.at,
    updatedAt: tale.at,
    endedAt: null,
  };
  rows.push(...disputeRows(null, dispute));
  const move = (action: Parameters<typeof disputeAfter>[1], at: number) => {
    const before = dispute;
    dispute = disputeAfter(before, action, at);
    rows.push(...disputeRows(before, dispute));
  };
  did({
    at: tale.at,
    kind: "dispute_raised",
    actorId: raiserId,
    counterpartyId: accusedId,
    device: deviceOf(raiserId),
  });
  for (const given of tale.evidence) {
    move({ verb: "addEvidence" }, given.at);
    rows.push(
      evidenceRow({ disputeId: tale.id, n: dispute.evidence, ...given }),
    );
  }
  const resolved = (at: number, forRaiser: boolean) =>
    did({
      at,
      kind: "dispute_resolved",
      actorId: raiserId,
      counterpartyId: accusedId,
      outcome: forRaiser ? "upheld" : "dismissed",
    });
  if (tale.tribunal) {
    const { at, eligible, vote, endedAt } = tale.tribunal;
    const seed = `${tale.id}:1:${idAt(at, tale.id, "draw")}`;
    const drawn = pickJurors(seed, eligible);
    move({
      verb: "escalate",
      draw: { round: 1, at, seed, eligible: [...eligible], drawn },
      early: true,
    }, at);
    for (const [n, jurorId] of dispute.jurorIds.entries()) {
      const given = vote(jurorId, n);
      if (!given) continue;
      const forId = given.forRaiser ? raiserId : accusedId;
      move({ verb: "vote", changed: false }, given.at);
      const row: Vote = {
        disputeId: tale.id,
        round: 1,
        jurorId,
        forId,
        at: given.at,
        activity: did({
          at: given.at,
          kind: "tribunal_vote",
          actorId: jurorId,
          counterpartyId: forId,
          device: deviceOf(jurorId),
        }),
      };
      votes.push(row);
      rows.push(voteRow(row));
    }
    const tally = tallyOf(dispute, votes.map(({ forId }) => forId));
    if (endedAt !== undefined && tally.forId !== null) {
      move({
        verb: "resolve",
        verdict: {
          forId: tally.forId,
          by: "tribunal",
          mediatorId: null,
          note: null,
          votes: tally.votes,
          frivolous: tally.frivolous,
          at: endedAt,
        },
      }, endedAt);
      resolved(endedAt, tally.forId === raiserId);
    }
  }
  if (tale.withdrawnAt !== undefined) {
    move({ verb: "withdraw" }, tale.withdrawnAt);
  }
  return { dispute, votes, rows };
}
