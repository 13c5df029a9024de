import { del, keys, type Mutation, set } from "../kv/mod.ts";
import { searchRows } from "../search/mod.ts";
import { bountyEntry } from "./search_entry.ts";
import type { Bounty, BountyStep, Payout } from "./types.ts";

/** When it takes its place in lists: since it is open, or since it was made. */
export function listedAt(bounty: Bounty): number {
  return bounty.openedAt ?? bounty.createdAt;
}

/** The keys of the index rows that a bounty has; each holds its id. */
function indexKeys(bounty: Bounty): Deno.KvKey[] {
  const { id, state, category, clientId, guildId, workerId } = bounty;
  const at = listedAt(bounty);
  const found = [
    keys.bountyInState(state, at, id),
    keys.bountyInCategory(category, state, at, id),
    ...bounty.skills.map((skill) => keys.bountyWithSkill(skill, state, at, id)),
    keys.bountyOfClient(clientId, bounty.createdAt, id),
  ];
  if (guildId !== null && workerId !== null) {
    const { acceptedAt } = bounty;
    found.push(
      keys.bountyOfGuild(guildId, acceptedAt!, id),
      keys.bountyOfWorker(workerId, acceptedAt!, id),
    );
    if (state === "accepted" || state === "submitted") {
      found.push(keys.bountyAtWork(guildId, id));
    }
  }
  if (state === "matched") {
    for (const { guildId } of bounty.matches) {
      found.push(keys.bountyForGuild(guildId, at, id));
    }
  }
  if (
    bounty.deadline !== null &&
    (state === "open" || state === "matched" || state === "accepted")
  ) found.push(keys.bountyDeadline(bounty.deadline, id));
  return found;
}

/** The bounty's row and what changes of its index rows; `before` is `null` for a new one. */
export function bountyRows(before: Bounty | null, after: Bounty): Mutation[] {
  const text = (key: Deno.KvKey) => JSON.stringify(key);
  const had = new Map(
    before ? indexKeys(before).map((key) => [text(key), key]) : [],
  );
  const has = new Map(indexKeys(after).map((key) => [text(key), key]));
  const rows: Mutation[] = [set(keys.bounty(after.id), after)];
  for (const [name, key] of had) if (!has.has(name)) rows.push(del(key));
  for (const [name, key] of has) {
    if (!had.has(name)) rows.push(set(key, after.id));
  }
  rows.push(...searchRows(before && bountyEntry(before), bountyEntry(after)));
  return rows;
}

/** The payout of a completed bounty, where its payer, its payee and its guild find it. */
export function payoutRows(payout: Payout): Mutation[] {
  const { bountyId, payerId, payeeId, guildId, at } = payout;
  return [
    set(keys.payout(bountyId), payout),
    set(keys.payoutOfUser(payeeId, at, bountyId), payout),
    set(keys.payoutOfGuild(guildId, at, bountyId), payout),
    set(keys.payoutByPayer(payerId, at, bountyId), payout),
  ];
}

export function payoutOf(bounty: Bounty): Payout | null {
  if (bounty.payout === null) return null;
  const { amount, payeeId, guildId, at } = bounty.payout;
  return {
    bountyId: bounty.id,
    bountyTitle: bounty.title,
    payerId: bounty.clientId,
    payeeId,
    guildId,
    amount,
    at,
  };
}

export function stepRow(step: BountyStep): Mutation {
  return set(keys.bountyStep(step.bountyId, step.revision), step);
}
