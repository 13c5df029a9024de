import type { NewJob } from "../queue/types.ts";
import {
  TRUST_POINTS,
  type TrustChange,
  trustChangeJob,
} from "../users/mod.ts";
import type { Dispute, Vote } from "./types.ts";

/**
 * What a dispute does to people's trust, as jobs to commit with its end. The causes name what happened, so that a second
 * run changes nothing.
 *
 * | who | points |
 * | --- | --- |
 * | found for | +5 |
 * | found against | −40 |
 * | raised without grounds | −25 more |
 * | juror who voted | +3 |
 * | juror who did not | −5 |
 *
 * Withdrawing costs nothing: it is how two people settle among themselves.
 */
export function partyConsequences(dispute: Dispute): NewJob[] {
  const { id, raiserId, accusedId, verdict } = dispute;
  const { forId, frivolous } = verdict!;
  const lostBy = forId === raiserId ? accusedId : raiserId;
  const change = (
    reason: "dispute_won" | "dispute_lost" | "dispute_frivolous",
    counts: TrustChange["counts"],
  ): TrustChange => ({
    delta: TRUST_POINTS[reason],
    reason,
    cause: `dispute:${id}:${reason}`,
    counts,
    link: linkOf(id),
  });
  return [
    trustChangeJob(forId, change("dispute_won", { disputesWon: 1 })),
    trustChangeJob(lostBy, change("dispute_lost", { disputesLost: 1 })),
    ...frivolous
      ? [trustChangeJob(raiserId, change("dispute_frivolous", {}))]
      : [],
  ];
}

/** What a round that ended means to its jurors, whatever it came to. */
export function jurorConsequences(
  { id, round, jurorIds }: Dispute,
  votes: readonly Vote[],
): NewJob[] {
  const voters = new Set(votes.map(({ jurorId }) => jurorId));
  return jurorIds.map((jurorId) => {
    const voted = voters.has(jurorId);
    const reason = voted ? "tribunal_vote" : "tribunal_absence";
    return trustChangeJob(jurorId, {
      delta: TRUST_POINTS[reason],
      reason,
      cause: `dispute:${id}:${round}:${reason}`,
      counts: voted ? { votes: 1 } : {},
      link: linkOf(id),
    });
  });
}

const linkOf = (disputeId: string) => `/disputes/${disputeId}`;
