import type { Actor } from "../auth/policy.ts";
import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { DAY, HOUR, MINUTE } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { absent, keys } from "../kv/mod.ts";
import type { NewJob } from "../queue/types.ts";
import { commitTogether } from "../commit_together.ts";
import { actOnBounty, type BountyDeps } from "./change.ts";
import type { BountyChange, NewBounty, Review, Submission } from "./fields.ts";
import { transition } from "./machine.ts";
import { planBounty } from "./plan.ts";
import type { Bounty, BountyMatch } from "./types.ts";

type Person = NonNullable<Actor>;

/** An open bounty is told to everybody and to guilds that fit, so there is a limit to how many. */
const OPENINGS: AttemptLimit = {
  scope: "bounty-open",
  free: 30,
  firstDelay: MINUTE,
  maxDelay: HOUR,
  forgetAfter: DAY,
};

/** A new bounty with what has not happened to it yet. */
export function newBounty(
  given:
    & NewBounty
    & Pick<Bounty, "id" | "clientId" | "createdAt">
    & Partial<Bounty>,
): Bounty {
  return {
    state: "draft",
    revision: 0,
    matches: [],
    guildId: null,
    workerId: null,
    submission: null,
    review: null,
    payout: null,
    disputeId: null,
    disputed: false,
    endNote: null,
    updatedAt: given.createdAt,
    openedAt: null,
    acceptedAt: null,
    endedAt: null,
    ...given,
  };
}

/**
 * Makes a bounty: a draft that only its client sees, or open at once to all guilds.
 *
 * @throws {NexoraError} `bad_request` when the deadline has passed, `rate_limited`
 */
export async function postBounty(
  deps: BountyDeps,
  client: Person,
  { open = false, ...given }: NewBounty & { open?: boolean },
  device: string | null = null,
): Promise<Bounty> {
  const { now, newId } = deps;
  const at = now();
  if (given.deadline !== null && given.deadline <= at) {
    throw new NexoraError("bad_request", "The deadline has passed", {
      fields: { deadline: "Choose a day that is still to come" },
    });
  }
  const draft = newBounty({
    ...given,
    id: newId(),
    clientId: client.id,
    createdAt: at,
  });
  const action = { verb: "open" } as const;
  if (open) await countAttempt(deps, OPENINGS, client.id);
  const bounty = open ? transition(draft, action, at) : draft;
  const plan = open
    ? planBounty(deps, draft, bounty, action, {
      actorId: client.id,
      device,
      guild: null,
    })
    : null;
  // The draft was never stored: its index rows are those of a new bounty.
  const { mutations } = planBounty(deps, null, bounty, null, {
    actorId: client.id,
    guild: null,
  });
  // A new id is nobody else's: the check only fails when an attempt of unknown outcome had been committed.
  await commitTogether(deps, {
    checks: [absent(keys.bounty(bounty.id))],
    mutations: [...plan?.mutations ?? [], ...mutations],
    events: plan?.events ?? [],
    jobs: plan?.jobs ?? [],
  });
  return bounty;
}

/** Changes the words, reward or deadline, until a guild has accepted. */
export function editBounty(
  deps: BountyDeps,
  actor: Person,
  bountyId: string,
  change: BountyChange,
): Promise<Bounty> {
  return actOnBounty(deps, bountyId, { verb: "edit", change }, { actor });
}

/** Offers a draft to all guilds. @throws {NexoraError} as `actOnBounty`, `rate_limited` */
export async function openBounty(
  deps: BountyDeps,
  actor: Person,
  bountyId: string,
  device: string | null = null,
): Promise<Bounty> {
  await countAttempt(deps, OPENINGS, actor.id);
  return await actOnBounty(deps, bountyId, { verb: "open" }, { actor, device });
}

/** Takes a bounty on for a guild; the actor answers for the work and is paid for it. */
export function acceptBounty(
  deps: BountyDeps,
  actor: Person,
  bountyId: string,
  guildId: string,
  device: string | null = null,
): Promise<Bounty> {
  return actOnBounty(
    deps,
    bountyId,
    { verb: "accept", guildId, workerId: actor.id },
    { actor, device },
  );
}

/** Hands work in. */
export function submitBounty(
  deps: BountyDeps,
  actor: Person,
  bountyId: string,
  { note, url }: Submission,
  device: string | null = null,
): Promise<Bounty> {
  return actOnBounty(
    deps,
    bountyId,
    { verb: "submit", note, url },
    { actor, device },
  );
}

/** The client's answer to what was handed in. Accepting it pays the worker. */
export function reviewBounty(
  deps: BountyDeps,
  actor: Person,
  bountyId: string,
  { outcome, rating, note }: Review,
  device: string | null = null,
): Promise<Bounty> {
  if (outcome === "changes") {
    return actOnBounty(
      deps,
      bountyId,
      { verb: "askChanges", note },
      { actor, device },
    );
  }
  if (rating === null) {
    throw new NexoraError("bad_request", undefined, {
      fields: { rating: "Give 1 to 5 stars" },
    });
  }
  return actOnBounty(deps, bountyId, {
    verb: outcome === "accepted" ? "approve" : "reject",
    rating,
    note,
  }, { actor, device });
}

/** Calls it off before work was handed in. */
export function cancelBounty(
  deps: BountyDeps,
  actor: Person,
  bountyId: string,
  note: string | null = null,
): Promise<Bounty> {
  return actOnBounty(deps, bountyId, { verb: "cancel", note }, { actor });
}

/** Guilds that a bounty is proposed to at most. */
export const MAX_MATCHES = 20;

/**
 * The matchmaker's proposals, best first, replacing earlier ones. `jobs` (the notifications of the guilds) are
 * committed with them. A bounty that is no longer to be had stays as it is.
 *
 * @returns the bounty, or `null` when there was nothing to propose to
 */
export async function matchBounty(
  deps: BountyDeps,
  bountyId: string,
  matches: BountyMatch[],
  jobs: NewJob[] = [],
): Promise<Bounty | null> {
  if (matches.length === 0) return null;
  try {
    return await actOnBounty(
      deps,
      bountyId,
      { verb: "match", matches: matches.slice(0, MAX_MATCHES) },
      { actor: null },
      jobs,
    );
  } catch (error) {
    if (error instanceof NexoraError && NOTHING_TO_DO.includes(error.code)) {
      return null;
    }
    throw error;
  }
}

/** What a late job meets: the bounty has gone on without it. */
const NOTHING_TO_DO = ["illegal_transition", "not_found"];

/** Ends a bounty whose deadline has passed; `null` when it has gone on, or has time left. */
export async function expireBounty(
  deps: BountyDeps,
  bountyId: string,
): Promise<Bounty | null> {
  try {
    return await actOnBounty(
      deps,
      bountyId,
      { verb: "expire" },
      { actor: null },
    );
  } catch (error) {
    if (error instanceof NexoraError && NOTHING_TO_DO.includes(error.code)) {
      return null;
    }
    throw error;
  }
}
