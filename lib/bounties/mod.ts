export {
  type Bounty,
  BOUNTY_CATEGORIES,
  BOUNTY_STATES,
  type BountyAccepted,
  type BountyCategory,
  type BountyClosed,
  type BountyMatch,
  type BountyMatched,
  type BountyOpened,
  type BountyReviewed,
  type BountyState,
  type BountyStep,
  type BountySubmitted,
  type Payout,
} from "./types.ts";
export {
  Acceptance,
  BountyChange,
  BountyQuery,
  Cancellation,
  NewBounty,
  PostBounty,
  Review,
  Submission,
} from "./fields.ts";
export {
  allows,
  type BountyAction,
  type BountyVerb,
  isEnd,
  isOverdue,
  RULES,
  transition,
} from "./machine.ts";
export { type BountyPlan, planBounty } from "./plan.ts";
export {
  acceptBounty,
  cancelBounty,
  editBounty,
  expireBounty,
  matchBounty,
  newBounty,
  openBounty,
  postBounty,
  reviewBounty,
  submitBounty,
} from "./actions.ts";
export {
  type BountyChangePlan,
  type BountyDeps,
  planBountyAction,
} from "./change.ts";
export { getBounties, getBounty, listBountySteps } from "./get.ts";
export {
  type BountyFilter,
  getVisibleBounty,
  hasBountiesAtWork,
  listBounties,
  listBountiesForGuild,
  listBountiesForGuilds,
  listBountiesOfClient,
  listBountiesOfGuild,
  listBountiesOfWorker,
  LISTED_STATES,
  listPayouts,
  statesOf,
} from "./find.ts";
export { type Consequence, consequencesOf } from "./consequences.ts";
export { bountyRows, payoutRows, stepRow } from "./rows.ts";
export { MATCH_KIND } from "./jobs.ts";
export { registerBountyJobs, sweepDeadlines } from "./expiry.ts";
export { bountyEntry } from "./search_entry.ts";
