import type { Bounty } from "../bounties/types.ts";
import type { GuildRole } from "../guilds/types.ts";
import type { Actor } from "./policy.ts";

/** `edit`: change it and open it to guilds; `accept`: take it on for a guild. */
export type BountyRight =
  | "see"
  | "edit"
  | "cancel"
  | "accept"
  | "submit"
  | "review"
  | "dispute";

/** What the decision about a bounty rests on. Whoever commits checks that the rows behind it are unchanged. */
export interface BountyStanding {
  bounty: Pick<Bounty, "clientId" | "workerId" | "state">;
  /** What the actor is in the guild that works on it, or that is to. */
  role?: GuildRole | null;
  /** The client is in that guild. */
  clientIsMember?: boolean;
}

/**
 * Decides what somebody may do with a bounty, whatever its state allows:
 *
 * | right | who |
 * | --- | --- |
 * | see | everybody who is signed in; a draft its client and admins |
 * | edit, review | its client |
 * | cancel | its client, admins |
 * | accept | owner and officers of a guild that the client is not in |
 * | submit | the worker; owner and officers of the working guild |
 * | dispute | its client, its worker |
 *
 * The client is never on both sides: whoever reviews and pays their own guild would make trust, ratings and rank of
 * nothing.
 */
export function mayBounty(
  actor: Actor,
  right: BountyRight,
  { bounty, role, clientIsMember }: BountyStanding,
): boolean {
  if (actor === null) return false;
  const client = actor.id === bounty.clientId;
  const leads = role === "owner" || role === "officer";
  switch (right) {
    case "see":
      return bounty.state !== "draft" || client || actor.role === "admin";
    case "edit":
    case "review":
      return client;
    case "cancel":
      return client || actor.role === "admin";
    case "accept":
      return leads && !client && clientIsMember === false;
    case "submit":
      return !client && (actor.id === bounty.workerId || leads);
    case "dispute":
      return client || actor.id === bounty.workerId;
  }
}
