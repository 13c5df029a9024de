import { asks, type Settling } from "../notifications/asks.ts";
import type { BountyVerb } from "./machine.ts";
import type { Bounty } from "./types.ts";

/** What a submitted bounty asks of its client, by this submission. */
export function reviewAsk({ id, submission }: Bounty): string {
  return asks.reviewWork(id, submission!.at);
}

/** What a client who asked for changes asks of the worker, by this review. */
export function changesAsk({ id, review }: Bounty): string {
  return asks.makeChanges(id, review!.at);
}

/** What was asked about a bounty and is done, or no longer possible, by an action. Pure. */
export function settledBy(
  before: Bounty,
  verb: BountyVerb,
  actorId: string | null,
): Settling[] {
  const { state, review } = before;
  const byId = actorId;
  const take = asks.takeBounty(before.id);
  const open = state === "open" || state === "matched"
    ? [take]
    : state === "accepted" && review?.outcome === "changes"
    ? [changesAsk(before)]
    : state === "submitted"
    ? [reviewAsk(before)]
    : [];
  const settle = (outcome: Settling["outcome"], by = byId): Settling[] =>
    open.map((ask) => ({ ask, outcome, byId: by }));
  switch (verb) {
    case "accept":
      return settle("taken");
    case "submit":
      return settle("resubmitted");
    case "approve":
    case "askChanges":
    case "reject":
      return settle("reviewed");
    case "cancel":
      return settle("cancelled");
    case "expire":
      return settle("expired", null);
    case "award":
    case "deny":
      return settle("decided", null);
    default:
      return [];
  }
}
