import { del, keys, type Mutation, set } from "../kv/mod.ts";
import type { Dispute, DisputeParty, Evidence, Vote } from "./types.ts";

/** The index rows of a dispute, each holding its id, and the rows that let people into its room. */
function rowsOf(dispute: Dispute): [Deno.KvKey, unknown][] {
  const { id, raiserId, accusedId, guildId, state, deadline } = dispute;
  const party = (
    userId: string,
    role: DisputeParty["role"],
  ): [Deno.KvKey, unknown] => [
    keys.disputeParty(id, userId),
    { disputeId: id, userId, role } satisfies DisputeParty,
  ];
  const rows: [Deno.KvKey, unknown][] = [
    party(raiserId, "raiser"),
    party(accusedId, "accused"),
    [keys.disputeOfUser(raiserId, id), id],
    [keys.disputeOfUser(accusedId, id), id],
    [keys.disputeInState(state, id), id],
  ];
  if (guildId !== null) rows.push([keys.disputeOfGuild(guildId, id), id]);
  if (state === "escalated") rows.push([keys.disputeDue(deadline!, id), id]);
  for (const jurorId of dispute.jurorIds) {
    rows.push(party(jurorId, "juror"), [keys.disputeOfJuror(jurorId, id), id]);
  }
  return rows;
}

/** The dispute's row and what changes of its other rows; `before` is `null` for a new one. */
export function disputeRows(
  before: Dispute | null,
  after: Dispute,
): Mutation[] {
  const named = (dispute: Dispute | null) =>
    new Map(
      (dispute ? rowsOf(dispute) : []).map((row) => [JSON.stringify(row), row]),
    );
  const [had, has] = [named(before), named(after)];
  const rows: Mutation[] = [set(keys.dispute(after.id), after)];
  for (const [name, [key]] of had) if (!has.has(name)) rows.push(del(key));
  for (const [name, [key, value]] of has) {
    if (!had.has(name)) rows.push(set(key, value));
  }
  return rows;
}

export function evidenceRow(evidence: Evidence): Mutation {
  return set(keys.disputeEvidence(evidence.disputeId, evidence.n), evidence);
}

export function voteRow(vote: Vote): Mutation {
  return set(keys.disputeVote(vote.disputeId, vote.round, vote.jurorId), vote);
}
