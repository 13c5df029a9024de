import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import type { Bounty } from "./types.ts";

/** Handled by the matchmaker (`lib/ai`); payload `{bountyId}`. */
export const MATCH_KIND = "match-bounty";
/** Payload `{bountyId}`. */
export const EXPIRE_KIND = "expire-bounty";

export function matchJob({ id }: Pick<Bounty, "id">): NewJob {
  return { kind: MATCH_KIND, payload: { bountyId: id } };
}

/** The job that comes when the deadline strikes; whether it still applies is decided then. */
export function expiryJob(
  { now }: Pick<Deps, "now">,
  { id, deadline }: Pick<Bounty, "id" | "deadline">,
): NewJob[] {
  if (deadline === null) return [];
  return [{
    kind: EXPIRE_KIND,
    payload: { bountyId: id },
    delay: Math.max(0, deadline - now()),
  }];
}
