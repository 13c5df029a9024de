import { activityRow } from "../activity/mod.ts";
import type { Guild } from "../guilds/mod.ts";
import type { Mutation } from "../kv/mod.ts";
import { notifyJob } from "../notifications/notify_job.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import type { NewEvent } from "../realtime/mod.ts";
import type { BountyAction } from "./machine.ts";
import { bountyRows, payoutOf, payoutRows, stepRow } from "./rows.ts";
import { follow } from "./told.ts";
import type { Bounty, BountyStep } from "./types.ts";

/** Who did it, from where, and the guild whose work it is. */
export interface Cause {
  /** `null`: the platform itself. */
  actorId: string | null;
  device?: string | null;
  guild: Pick<Guild, "id" | "name" | "officerIds"> | null;
}

/** What goes into the atomic of a change of a bounty. */
export interface BountyPlan {
  mutations: Mutation[];
  events: NewEvent[];
  jobs: NewJob[];
}

/** Rows, events and jobs that follow from an action. Decides nothing: `after` is what the machine made of `before`. */
export function planBounty(
  deps: Pick<Deps, "now" | "newId">,
  before: Bounty | null,
  after: Bounty,
  action: BountyAction | null,
  cause: Cause,
): BountyPlan {
  const plan: BountyPlan = {
    mutations: bountyRows(before, after),
    events: [],
    jobs: [],
  };
  if (action !== null) {
    plan.mutations.push(stepRow(stepOf(after, action, cause.actorId)));
    follow(deps, plan, before!, after, action, cause);
    pay(deps, plan, before!, after, cause);
  }
  return plan;
}

/** The payout of a bounty that was completed by this change. */
function pay(
  deps: Pick<Deps, "now" | "newId">,
  plan: BountyPlan,
  before: Bounty,
  after: Bounty,
  { actorId, device = null }: Cause,
): void {
  const payout = before.payout === null ? payoutOf(after) : null;
  if (payout === null) return;
  plan.mutations.push(
    ...payoutRows(payout),
    activityRow(deps, {
      kind: "bounty_paid",
      actorId: payout.payerId,
      counterpartyId: payout.payeeId,
      guildId: payout.guildId,
      bountyId: after.id,
      amount: payout.amount,
      device: actorId === payout.payerId ? device : null,
    }),
  );
  plan.jobs.push(notifyJob({
    userIds: [payout.payeeId],
    type: "bounty_completed",
    data: {
      bountyId: after.id,
      bountyTitle: after.title,
      amount: payout.amount,
    },
    key: `bounty-completed:${after.id}:${after.revision}`,
  }));
}

/** What goes into a bounty's history. */
function stepOf(
  after: Bounty,
  action: BountyAction,
  actorId: string | null,
): BountyStep {
  return {
    bountyId: after.id,
    revision: after.revision,
    at: after.updatedAt,
    verb: action.verb,
    // The dispute acts upon the bounty; it is somebody who raised it.
    actorId: action.verb === "dispute" ? action.raiserId : actorId,
    state: after.state,
    note: "note" in action ? action.note || null : null,
    url: "url" in action ? action.url : null,
    rating: "rating" in action ? action.rating : null,
    amount: after.state === "completed" ? after.payout!.amount : null,
  };
}
