import type { Bounty } from "../bounties/mod.ts";
import { asks, type Notice, type Notification } from "../notifications/mod.ts";

/** What a notification asks for, and what has become of that. */
export type Asked = Pick<Notification, "ask" | "settled">;

/** What the notifications of the cast ask for. The dispute that waits for a vote is in its first round. */
export function askedIn(
  { type, data }: Notice,
  userId: string,
  bounties: ReadonlyMap<string, Bounty>,
  invitationOf: (userId: string) => string,
): Asked {
  switch (type) {
    case "bounty_matched": {
      const { state, acceptedAt, endedAt } = bounties.get(data.bountyId)!;
      const ask = asks.takeBounty(data.bountyId);
      const over = acceptedAt ?? endedAt;
      return state === "open" || state === "matched" || over === null
        ? { ask }
        : { ask, settled: { outcome: "taken", byId: null, at: over } };
    }
    case "bounty_submitted": {
      const { state, submission, review } = bounties.get(data.bountyId)!;
      const ask = asks.reviewWork(data.bountyId, submission!.at);
      return state === "submitted" || review === null ? { ask } : {
        ask,
        settled: { outcome: "reviewed", byId: userId, at: review.at },
      };
    }
    case "guild_invite":
      return { ask: asks.answerInvitation(invitationOf(userId)) };
    case "tribunal_vote_needed":
      return { ask: asks.vote(data.disputeId, 1) };
    default:
      return {};
  }
}
