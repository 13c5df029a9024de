import {
  completionPoints,
  TRUST_POINTS,
  type TrustChange,
} from "../users/mod.ts";
import type { BountyVerb } from "./machine.ts";
import type { Bounty } from "./types.ts";

/** What a change of a bounty does to somebody's trust and counters. */
export interface Consequence {
  userId: string;
  change: TrustChange;
}

/**
 * What follows for the people of a bounty, committed with its change. Pure.
 *
 * | what happened | worker | client |
 * | --- | --- | --- |
 * | accepted and paid | by rating, completed + 1, earned | + a little, commissioned + 1, paid |
 * | rejected | loses, rejected + 1, the rating counts | |
 * | expired while a guild worked on it | loses: nothing was handed in | |
 * | cancelled | | |
 * | awarded by a tribunal | as accepted without a rating; an earlier rejection is taken back | commissioned + 1, paid |
 * | denied by a tribunal | rejected + 1 unless it was rejected before | |
 *
 * The guild counts what its worker counts. What winning or losing a dispute itself costs is the dispute's affair. A tribunal's consequences are not part of
 * `planBountyAction`: one atomic holds one plan a person, so the dispute adds them to its own.
 */
export function consequencesOf(
  before: Bounty,
  after: Bounty,
  verb: BountyVerb,
): Consequence[] {
  const { id, workerId, clientId, reward } = after;
  if (workerId === null) return [];
  const link = `/bounties/${id}`;
  const cause = (what: string) => `bounty:${id}:${what}`;
  const paid: Consequence = {
    userId: clientId,
    change: {
      delta: verb === "approve" ? TRUST_POINTS.bounty_paid : 0,
      reason: "bounty_paid",
      cause: cause("paid"),
      counts: { commissioned: 1, paid: reward },
      link,
    },
  };
  const rejected = TRUST_POINTS.bounty_rejected;
  const wasRejected = before.state === "rejected";
  switch (verb) {
    case "approve": {
      const { rating } = after.review!;
      return [{
        userId: workerId,
        change: {
          delta: completionPoints(rating),
          reason: "bounty_completed",
          cause: cause("completed"),
          counts: {
            completed: 1,
            earned: reward,
            ...(rating !== null && { rating }),
          },
          link,
        },
      }, paid];
    }
    case "reject": {
      const { rating } = after.review!;
      return [{
        userId: workerId,
        change: {
          delta: rejected,
          reason: "bounty_rejected",
          cause: cause("rejected"),
          counts: { rejected: 1, ...(rating !== null && { rating }) },
          link,
        },
      }];
    }
    case "expire":
      return [{
        userId: workerId,
        change: {
          delta: TRUST_POINTS.bounty_abandoned,
          reason: "bounty_abandoned",
          cause: cause("expired"),
          link,
        },
      }];
    case "award":
      return [{
        userId: workerId,
        change: {
          delta: completionPoints(null) - (wasRejected ? rejected : 0),
          reason: "bounty_completed",
          cause: cause("awarded"),
          counts: {
            completed: 1,
            earned: reward,
            ...(wasRejected && { rejected: -1 }),
          },
          link,
        },
      }, paid];
    case "deny":
      if (wasRejected) return [];
      return [{
        userId: workerId,
        change: {
          delta: rejected,
          reason: "bounty_rejected",
          cause: cause("denied"),
          counts: { rejected: 1 },
          link,
        },
      }];
    default:
      return [];
  }
}
