import { type Actor, mayBounty } from "../auth/policy.ts";
import { NexoraError } from "../errors.ts";
import type { Page } from "../guilds/mod.ts";
import { keys } from "../kv/mod.ts";
import { search } from "../search/mod.ts";
import { getBounties, getBounty } from "./get.ts";
import { newestFirst, pageOfNewest } from "./newest.ts";
import type { Bounty, BountyCategory, BountyState, Payout } from "./types.ts";

/** A bounty that the actor may see. @throws {NexoraError} `not_found`, also for somebody else's draft */
export async function getVisibleBounty(
  kv: Deno.Kv,
  actor: Actor,
  bountyId: string,
): Promise<Bounty> {
  const bounty = await getBounty(kv, bountyId);
  if (bounty === null || !mayBounty(actor, "see", { bounty })) {
    throw new NexoraError("not_found", "There is no such bounty");
  }
  return bounty;
}

/** What everybody sees; drafts are listed for their client only. */
export const LISTED_STATES = [
  "open",
  "matched",
  "accepted",
  "submitted",
  "completed",
  "rejected",
  "cancelled",
  "expired",
] as const satisfies BountyState[];

/** The states behind a filter of the list: `available` is what a guild may still accept. */
export function statesOf(
  filter: BountyState | "available" | undefined,
): readonly BountyState[] | undefined {
  if (filter === undefined) return undefined;
  return filter === "available" ? ["open", "matched"] : [filter];
}

export interface BountyFilter {
  states?: readonly BountyState[];
  category?: BountyCategory;
  /** Lower case. */
  skill?: string;
  /** Each of these words, or a beginning of it, is in the title, the description or the skills. */
  q?: string;
  cursor?: string;
  limit?: number;
}

/**
 * All but drafts, the newest first. Filters by state, category and skill each have an index; words are looked up in the
 * search index, whose few hundred best hits are then filtered.
 */
export async function listBounties(
  kv: Deno.Kv,
  filter: BountyFilter = {},
): Promise<Page<Bounty>> {
  const { category, skill, q } = filter;
  const states = (filter.states ?? LISTED_STATES).filter((state) =>
    state !== "draft"
  );
  if (q) return await findBounties(kv, { ...filter, states }, q);
  return await newestFirst(kv, {
    prefixes: states.map((state) =>
      skill
        ? keys.bountiesWithSkill(skill, state)
        : category
        ? keys.bountiesInCategory(category, state)
        : keys.bountiesInState(state)
    ),
    cursor: filter.cursor,
    limit: filter.limit,
    keep: skill && category
      ? (bounty) => bounty.category === category
      : undefined,
  });
}

/** Hits of the search that are read for one list. */
const FOUND_AT_MOST = 300;

async function findBounties(
  kv: Deno.Kv,
  { states, category, skill, cursor, limit = 25 }: BountyFilter,
  q: string,
): Promise<Page<Bounty>> {
  const { hits } = await search(kv, null, {
    q,
    kind: "bounty",
    limit: FOUND_AT_MOST,
  });
  const found = await getBounties(kv, hits.map(({ id }) => id));
  return pageOfNewest(
    found.filter((bounty) =>
      states!.includes(bounty.state) &&
      (!category || bounty.category === category) &&
      (!skill || bounty.skills.includes(skill))
    ),
    cursor,
    limit,
  );
}

interface ListQuery {
  states?: readonly BountyState[];
  cursor?: string;
  limit?: number;
}

const listed = (prefix: Deno.KvKey) =>
(
  kv: Deno.Kv,
  { states, cursor, limit }: ListQuery,
): Promise<Page<Bounty>> =>
  newestFirst(kv, {
    prefixes: [prefix],
    cursor,
    limit,
    keep: states ? (bounty) => states.includes(bounty.state) : undefined,
  });

/** What somebody has posted, drafts too: for themselves only, or with `states` without drafts. */
export function listBountiesOfClient(
  kv: Deno.Kv,
  clientId: string,
  query: ListQuery = {},
): Promise<Page<Bounty>> {
  return listed(keys.bountiesOfClient(clientId))(kv, query);
}

/** What a guild has accepted, the latest first. */
export function listBountiesOfGuild(
  kv: Deno.Kv,
  guildId: string,
  query: ListQuery = {},
): Promise<Page<Bounty>> {
  return listed(keys.bountiesOfGuild(guildId))(kv, query);
}

/** What somebody answers for, the latest first. */
export function listBountiesOfWorker(
  kv: Deno.Kv,
  workerId: string,
  query: ListQuery = {},
): Promise<Page<Bounty>> {
  return listed(keys.bountiesOfWorker(workerId))(kv, query);
}

/** What the matchmaker proposes to a guild and is still to be had. */
export function listBountiesForGuild(
  kv: Deno.Kv,
  guildId: string,
  query: ListQuery = {},
): Promise<Page<Bounty>> {
  return listed(keys.bountiesForGuild(guildId))(kv, query);
}

/** What is proposed to any of some guilds, each once. */
export async function listBountiesForGuilds(
  kv: Deno.Kv,
  guildIds: readonly string[],
  { cursor, limit }: Pick<ListQuery, "cursor" | "limit"> = {},
): Promise<Page<Bounty>> {
  return await newestFirst(kv, {
    prefixes: guildIds.map((id) => keys.bountiesForGuild(id)),
    cursor,
    limit,
  });
}

/** Whether a guild has work that is not finished: such a guild is not deleted. */
export async function hasBountiesAtWork(
  kv: Deno.Kv,
  guildId: string,
): Promise<boolean> {
  const rows = kv.list({ prefix: keys.bountiesAtWork(guildId) }, { limit: 1 });
  for await (const _ of rows) return true;
  return false;
}

/** Payouts to a user, to a guild's workers or by a client, the latest first. */
export async function listPayouts(
  kv: Deno.Kv,
  of: { userId: string } | { guildId: string } | { payerId: string },
  limit = 50,
): Promise<Payout[]> {
  const prefix = "userId" in of
    ? keys.payoutsOfUser(of.userId)
    : "guildId" in of
    ? keys.payoutsOfGuild(of.guildId)
    : keys.payoutsByPayer(of.payerId);
  const rows = kv.list<Payout>({ prefix }, { reverse: true, limit });
  return await Array.fromAsync(rows, ({ value }) => value);
}
