/**
 * Where a dispute stands.
 *
 * `raised`: the two parties talk and give evidence. `escalated`: a tribunal votes. `mediation`: no tribunal came to a
 * verdict, an admin decides. `resolved` and `withdrawn` are the end.
 */
export const DISPUTE_STATES = [
  "raised",
  "escalated",
  "mediation",
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
  /** Of the bounty; one of the two parties. */
  clientId: string;
  raiserId: string;
  accusedId: string;
  reason: string;
  state: DisputeState;
  /** Grows by one with every change. */
  revision: number;
  /** Milliseconds: from then on either party may call a tribunal. */
  respondBy: number;
  /** Of tribunals: 0 before the first, 2 for the last. */
  round: number;
  /** The present tribunal's, or the last one's. */
  jurorIds: string[];
  /** Votes needed for a verdict. */
  quorum: number;
  /** How many of the jurors have voted; for whom stays secret until the end. */
  voted: number;
  /** Milliseconds, end of voting. */
  deadline: number | null;
  /** Pieces of evidence. */
  evidence: number;
  draws: Draw[];
  verdict: Verdict | null;
  createdAt: number;
  updatedAt: number;
  endedAt: number | null;
}

/** How jurors were drawn, so that it can be done again and compared. */
export interface Draw {
  round: number;
  at: number;
  seed: string;
  /** Who could have been drawn, by id. */
  eligible: string[];
  drawn: string[];
}

export interface Verdict {
  /** User id of whom it was found for. */
  forId: string;
  by: "tribunal" | "mediator";
  mediatorId: string | null;
  /** The mediator's reasons. */
  note: string | null;
  /** User id of a party → votes for it. */
  votes: Record<string, number>;
  /** Raised without any grounds. */
  frivolous: boolean;
  at: number;
}

/** Stored as `disputeParty`: who may enter the room, and as what. */
export interface DisputeParty {
  disputeId: string;
  userId: string;
  role: "raiser" | "accused" | "juror" | "mediator";
}

/** A piece of evidence; it is never changed nor taken back. */
export interface Evidence {
  disputeId: string;
  /** 1, 2, … in the order given. */
  n: number;
  authorId: string;
  text: string;
  /** `http:` and `https:` addresses. */
  links: string[];
  at: number;
}

/** A juror's vote; they may change it until voting ends. */
export interface Vote {
  disputeId: string;
  round: number;
  jurorId: string;
  forId: string;
  at: number;
  /** Of its activity row, which a changed vote replaces. */
  activity: { id: string; at: number };
}

/** What every event about a dispute has. */
interface DisputeTold {
  disputeId: string;
  bountyId: string;
  bountyTitle: string;
  state: DisputeState;
  revision: number;
  at: number;
}

/** Data of `dispute:raised`. */
export type DisputeRaised = DisputeTold & {
  guildId: string | null;
  raiserId: string;
  accusedId: string;
  respondBy: number;
};

/** Data of `dispute:escalated`: a tribunal votes, votes again with other jurors, or could not and an admin decides. */
export type DisputeEscalated = DisputeTold & {
  to: "tribunal" | "mediation";
  because: "called" | "tie" | "no_quorum" | "no_jurors";
  round: number;
  jurors: number;
  quorum: number;
  deadline: number | null;
};

/** Data of `dispute:resolved`: the end. */
export type DisputeResolved = DisputeTold & {
  outcome: "upheld" | "dismissed" | "withdrawn";
  forId: string | null;
  by: "tribunal" | "mediator" | "raiser";
  votes: Record<string, number>;
};

/** Data of `dispute:evidence`, on the dispute's channel. */
export type DisputeEvidenced = DisputeTold & { n: number; authorId: string };

/** Data of `dispute:vote`, on the dispute's channel: how many have voted, not for whom. */
export type DisputeVoted = DisputeTold & { voted: number; jurors: number };
