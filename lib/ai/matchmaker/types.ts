import type { BountyMatch } from "../../bounties/mod.ts";

/** A person whose skills suit a bounty. */
export interface PersonMatch {
  userId: string;
  /** 0–1. */
  score: number;
  /** Canonical skills that they have of those asked for. */
  skills: string[];
  reason: string;
}

/** Whom the matchmaker proposes for a bounty. */
export interface Proposal {
  bountyId: string;
  /** Best first; at most 5. */
  guilds: (BountyMatch & { name: string })[];
  /** Best first; at most 20. */
  people: PersonMatch[];
}
