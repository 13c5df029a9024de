import type { BountyVerb } from "./machine.ts";

/**
 * Where a bounty stands. Only `draft` is the client's alone to see; the last four are the end.
 *
 * `draft → open → matched → accepted → submitted → completed`, with `submitted → accepted` when changes are asked for,
 * `submitted → rejected`, `cancelled` by the client before work was submitted, `expired` when the deadline passed
 * without a submission. `matched` is `open` with guilds proposed by the matchmaker: any guild may still accept it.
 */
export const BOUNTY_STATES = [
  "draft",
  "open",
  "matched",
  "accepted",
  "submitted",
  "completed",
  "rejected",
  "cancelled",
  "expired",
] as const;

export type BountyState = typeof BOUNTY_STATES[number];

export const BOUNTY_CATEGORIES = [
  "engineering",
  "design",
  "writing",
  "research",
  "data",
  "security",
  "community",
] as const;

export type BountyCategory = typeof BOUNTY_CATEGORIES[number];

/** Work that somebody pays for. */
export interface Bounty {
  id: string;
  /** Who posted it and pays. */
  clientId: string;
  title: string;
  description: string;
  category: BountyCategory;
  /** Lower case, as in `User.skills`. */
  skills: string[];
  /** Whole credits. */
  reward: number;
  /** Milliseconds; after it an unsubmitted bounty expires. */
  deadline: number | null;
  state: BountyState;
  /** Grows by one with every change. */
  revision: number;
  /** Guilds that the matchmaker proposed, best first. */
  matches: BountyMatch[];
  /** Who accepted: the guild, and its officer who answers for the work and is paid for it. */
  guildId: string | null;
  workerId: string | null;
  submission: { note: string; url: string | null; at: number } | null;
  review:
    | {
      outcome: "accepted" | "changes" | "rejected";
      /** 1–5. */
      rating: number | null;
      note: string;
      at: number;
    }
    | null;
  payout:
    | { amount: number; payeeId: string; guildId: string; at: number }
    | null;
  /** The dispute that is or was about it. */
  disputeId: string | null;
  /** While it is open nothing else happens to the bounty. */
  disputed: boolean;
  /** Why it was cancelled, in the client's words. */
  endNote: string | null;
  createdAt: number;
  updatedAt: number;
  openedAt: number | null;
  acceptedAt: number | null;
  endedAt: number | null;
}

/** A guild that the matchmaker proposes. */
export interface BountyMatch {
  guildId: string;
  /** 0–1. */
  score: number;
  /** Plain sentences. */
  reasons: string[];
}

/** Credits that went from a client to a worker: one a bounty, never changed. */
export interface Payout {
  bountyId: string;
  bountyTitle: string;
  payerId: string;
  payeeId: string;
  guildId: string;
  amount: number;
  at: number;
}

/** One thing that happened to a bounty: its history, never changed. */
export interface BountyStep {
  bountyId: string;
  /** Of the bounty after it. */
  revision: number;
  at: number;
  verb: BountyVerb;
  /** `null`: the platform itself. */
  actorId: string | null;
  /** After it. */
  state: BountyState;
  /** What was written with it: what is handed in, the review, why it was cancelled. */
  note: string | null;
  url: string | null;
  rating: number | null;
  /** Credits that were paid out. */
  amount: number | null;
}

/** Data of `bounty:new`: everything that a list shows. */
export type BountyOpened =
  & Pick<
    Bounty,
    | "title"
    | "category"
    | "skills"
    | "reward"
    | "deadline"
    | "clientId"
    | "revision"
  >
  & { bountyId: string; openedAt: number };

/** What the events about one bounty have in common; `state` is the one after the change. */
interface BountyMoved {
  bountyId: string;
  title: string;
  state: BountyState;
  revision: number;
  at: number;
}

/** Data of `bounty:matched`, for the client only. */
export type BountyMatched = BountyMoved & {
  /** How many guilds are proposed. */
  guilds: number;
};

/** Data of `bounty:accepted`: who won it. */
export type BountyAccepted = BountyMoved & {
  guildId: string;
  guildName: string;
  workerId: string;
};

/** Data of `bounty:submitted`. */
export type BountySubmitted = BountyMoved & {
  guildId: string;
  workerId: string;
  url: string | null;
};

/** Data of `bounty:reviewed`; `amount` is what was paid out. */
export type BountyReviewed = BountyMoved & {
  guildId: string;
  workerId: string;
  outcome: "accepted" | "changes" | "rejected";
  rating: number | null;
  amount: number | null;
};

/** Data of `bounty:closed`: nothing more comes of it. */
export type BountyClosed = BountyMoved & {
  reason: "cancelled" | "expired";
};
