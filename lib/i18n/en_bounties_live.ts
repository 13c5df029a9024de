import type { Catalogue } from "./translate.ts";

/** The texts of the islands about bounties. */
export const enBountiesLive = {
  "bounty.state.draft": "Draft",
  "bounty.state.open": "Open",
  "bounty.state.matched": "Matched",
  "bounty.state.accepted": "In work",
  "bounty.state.submitted": "In review",
  "bounty.state.completed": "Completed",
  "bounty.state.rejected": "Rejected",
  "bounty.state.cancelled": "Cancelled",
  "bounty.state.expired": "Expired",
  "bountyLive.changed": "Now: {state}",
  "bountyLive.show": "Show what changed",
  "bountyLive.failed": "The new state could not be loaded.",
  "bountyNews.new": {
    one: "{count} new bounty",
    other: "{count} new bounties",
  },
} as const satisfies Catalogue;
