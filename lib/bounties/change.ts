import { type Actor, type BountyRight, mayBounty } from "../auth/policy.ts";
import { commitTogether } from "../commit_together.ts";
import { NexoraError } from "../errors.ts";
import { type Guild, type Membership, planGuildCount } from "../guilds/mod.ts";
import {
  type Check,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import { inTurn } from "../kv/turns.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import { planTrustChange } from "../users/mod.ts";
import { consequencesOf } from "./consequences.ts";
import {
  allows,
  type BountyAction,
  type BountyVerb,
  RULES,
  transition,
} from "./machine.ts";
import { type BountyPlan, planBounty } from "./plan.ts";
import type { Bounty } from "./types.ts";

export type BountyDeps = Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">;

/** Who acts; `null` stands for the platform itself (clock, matchmaker, tribunal), which needs no permission. */
export interface BountyActor {
  actor: Actor;
  device?: string | null;
}

/** The right that a person needs; what has none is the platform's alone. */
const RIGHT: Partial<Record<BountyVerb, BountyRight>> = {
  edit: "edit",
  open: "edit",
  accept: "accept",
  submit: "submit",
  approve: "review",
  askChanges: "review",
  reject: "review",
  cancel: "cancel",
};

/** A change of a bounty, ready to be committed with whatever else belongs to it. */
export interface BountyChangePlan extends BountyPlan {
  before: Bounty;
  after: Bounty;
  checks: Check[];
}

/**
 * Reads a bounty and what its change rests on, decides, and describes the change; commits nothing. Another subject
 * (a dispute) puts it into its own atomic, inside its own `retryConflicts`; what a tribunal's verdict does to people it
 * takes from `consequencesOf`.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition`
 */
export async function planBountyAction(
  deps: Pick<Deps, "kv" | "now" | "newId">,
  bountyId: string,
  action: BountyAction,
  { actor, device }: BountyActor,
): Promise<BountyChangePlan> {
  const { kv, now } = deps;
  const entry = await kv.get<Bounty>(keys.bounty(bountyId));
  const before = entry.value;
  if (
    before === null ||
    actor !== null && !mayBounty(actor, "see", { bounty: before })
  ) throw new NexoraError("not_found", "There is no such bounty");
  const guildId = action.verb === "accept" ? action.guildId : before.guildId;
  const checks: Check[] = [unchanged(entry)];
  const [guild, own, client] = guildId === null
    ? [null, null, null]
    : await kv.getMany<[Guild, Membership, Membership]>([
      keys.guild(guildId),
      keys.guildMember(guildId, actor?.id ?? ""),
      keys.guildMember(guildId, before.clientId),
    ]);
  const right = RIGHT[action.verb];
  if (actor !== null) {
    const standing = {
      bounty: before,
      role: own?.value?.role ?? null,
      clientIsMember: client ? client.value !== null : undefined,
    };
    if (!right || !mayBounty(actor, right, standing)) {
      // Who came too late is told who was first, not that they are no officer of that guild.
      throw new NexoraError("forbidden", refusal(action, before, standing));
    }
    if (own && (right === "accept" || right === "submit")) {
      checks.push(unchanged(own));
    }
    if (client && right === "accept") checks.push(unchanged(client));
  }
  // Touches the guild's row, so that a guild cannot end while it takes on work.
  const touched: Mutation[] = [];
  if (action.verb === "accept") {
    if (!guild?.value) {
      throw new NexoraError("not_found", "There is no such guild");
    }
    checks.push(unchanged(guild));
    touched.push(set(guild.key, guild.value));
  }
  if (action.verb === "accept" && !allows(before, "accept")) {
    await refuseLate(kv, before);
  }
  const after = transition(before, action, now());
  const plan: BountyChangePlan = {
    before,
    after,
    checks,
    ...planBounty(deps, before, after, action, {
      actorId: actor?.id ?? null,
      device,
      guild: guild?.value ?? null,
    }),
  };
  const consequences = consequencesOf(before, after, action.verb);
  const work = consequences.find(({ userId }) => userId === after.workerId)
    ?.change.counts;
  if (work && guild?.value) {
    const count = await planGuildCount(kv, guild.value.id, work);
    plan.checks.push(...count.checks);
    plan.mutations.push(...count.mutations);
  }
  if (RULES[action.verb].by !== "tribunal") {
    for (const { userId, change } of consequences) {
      const trust = await planTrustChange(deps, userId, change);
      plan.checks.push(...trust.checks);
      plan.mutations.push(...trust.mutations);
      plan.events.push(...trust.events);
      plan.jobs.push(...trust.jobs);
    }
  }
  plan.mutations.push(...touched);
  return plan;
}

/**
 * Does something to a bounty: rows, indexes, activity, events and jobs in one commit, anew when somebody came in
 * between. Of two guilds that accept at once one wins; the other is told who.
 *
 * @param extra jobs that belong to the same change
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition`
 */
export function actOnBounty(
  deps: BountyDeps,
  bountyId: string,
  action: BountyAction,
  by: BountyActor,
  extra: NewJob[] = [],
): Promise<Bounty> {
  return inTurn(`bounty ${bountyId}`, () =>
    retryConflicts(async () => {
      const plan = await planBountyAction(deps, bountyId, action, by);
      const jobs = [...plan.jobs, ...extra];
      if (!await commitTogether(deps, { ...plan, jobs })) return null;
      return plan.after;
    }));
}

function refusal(
  action: BountyAction,
  { clientId }: Bounty,
  { role, clientIsMember }: {
    role: string | null;
    clientIsMember?: boolean;
  },
): string | undefined {
  if (action.verb !== "accept") return undefined;
  if (clientIsMember) {
    return "The client is a member of this guild: it cannot review and pay itself";
  }
  if (role !== "owner" && role !== "officer") {
    return "Owner and officers accept bounties for their guild";
  }
  return clientId ? "Nobody works on their own bounty" : undefined;
}

/** @throws {NexoraError} `illegal_transition` that names the guild that was first */
async function refuseLate(kv: Deno.Kv, bounty: Bounty): Promise<void> {
  if (bounty.guildId === null || bounty.disputed) return;
  const winner = await kv.get<Guild>(keys.guild(bounty.guildId));
  if (winner.value === null) return;
  throw new NexoraError(
    "illegal_transition",
    `${winner.value.name} has accepted this bounty`,
  );
}
