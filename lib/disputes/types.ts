/**
 * `raised`: the two parties talk and give evidence. `escalated`: a tribunal votes. `resolved` and `withdrawn` are the
 * end.
 */
export const DISPUTE_STATES = [
  "raised",
  "escalated",
  "resolved",
  "withdrawn",
] as const;

export type DisputeState = typeof DISPUTE_STATES[number];

/** A disagreement about a bounty. `id` becomes a part of the channel name `dispute-{id}`. */
export interface Dispute {
  id: string;
  bountyId: string;
  bountyTitle: string;
  guildId: string | null;
  raiserId: string;
  accusedId: string;
  reason: string;
  state: DisputeState;
  /** Grows by one with every change. */
  revision: number;
  /** Drawn when it is escalated. */
  jurorIds: string[];
  /** Votes needed for a verdict. */
  quorum: number;
  /** Milliseconds, end of voting. */
  deadline: number | null;
  /** User id of whom the tribunal found for, `null` without a verdict. */
  verdict:
    | { forId: string | null; votes: Record<string, number>; at: number }
    | null;
  createdAt: number;
  updatedAt: number;
  endedAt: number | null;
}

/** Stored as `disputeParty`: who may enter the room, and as what. */
export interface DisputeParty {
  disputeId: string;
  userId: string;
  role: "raiser" | "accused" | "juror" | "mediator";
}
