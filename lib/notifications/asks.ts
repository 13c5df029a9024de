import { DAY } from "../clock.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import type { NewJob } from "../queue/types.ts";
import type { Outcome } from "./outcomes.ts";

/**
 * What a notification can ask somebody to do. The name says which time it is asked, so that work handed in again asks
 * anew; whoever asks and whoever settles it make the name here.
 */
export const asks = {
  takeBounty: (bountyId: string) => `bounty ${bountyId} take`,
  reviewWork: (bountyId: string, submittedAt: number) =>
    `bounty ${bountyId} review ${submittedAt}`,
  makeChanges: (bountyId: string, reviewedAt: number) =>
    `bounty ${bountyId} changes ${reviewedAt}`,
  answerApplication: (guildId: string, userId: string, createdAt: number) =>
    `guild ${guildId} application ${userId} ${createdAt}`,
  answerInvitation: (invitationId: string) => `invitation ${invitationId}`,
  giveYourSide: (disputeId: string) => `dispute ${disputeId} side`,
  vote: (disputeId: string, round: number) =>
    `dispute ${disputeId} vote ${round}`,
  /** Of a message that shows its words; settled only by their being taken back. */
  readMessage: (messageId: string) => `message ${messageId} read`,
  mediate: (disputeId: string) => `dispute ${disputeId} mediate`,
};

/** That something which was asked is done, or can no longer be done. */
export interface Settling {
  /** Of `asks`. */
  ask: string;
  outcome: Outcome;
  /** Who did it; `null`: the clock, or what became of the thing itself. */
  byId: string | null;
  /** Of whom it is not asked any more; everybody when absent. */
  userIds?: string[];
}

export const SETTLE_KIND = "notifications-settle";

/** How something asked was settled, as kept for what is told of it too late. */
export type AskSettled = Pick<Settling, "outcome" | "byId"> & { at: number };

/** Longer than a job that tells of it can be late. */
const SETTLED_KEPT = 30 * DAY;

/**
 * What belongs into the atomic of the change that settles something asked: by the rows it is known to what is told
 * too late, the job settles what has been told.
 */
export function settleAsk(
  settling: Settling,
  at: number,
): { mutations: Mutation[]; jobs: NewJob[] } {
  const { ask, outcome, byId, userIds } = settling;
  return {
    mutations: (userIds ?? [""]).map((userId) =>
      set(
        keys.askSettled(ask, userId),
        { outcome, byId, at } satisfies AskSettled,
        SETTLED_KEPT,
      )
    ),
    jobs: [{ kind: SETTLE_KIND, payload: settling }],
  };
}
