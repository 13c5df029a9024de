import type { Page } from "../guilds/mod.ts";
import { keys } from "../kv/mod.ts";
import { getUsers } from "../users/mod.ts";
import {
  type DisputeListQuery,
  listDisputes,
  listDisputesOf,
  listDisputesToJudge,
} from "./find.ts";
import type { Dispute } from "./types.ts";

/** A dispute as a list shows it. */
export interface DisputeSummary extends Omit<Dispute, "draws"> {
  /** Names; `null` for who has left. */
  raiser: string | null;
  accused: string | null;
  /** Whether the reader has voted, on a tribunal of theirs that still votes. */
  hasVoted: boolean | null;
}

/** One of the lists of `/disputes`, with names. `all` is for admins; who asks decides that. */
export async function listDisputeSummaries(
  kv: Deno.Kv,
  readerId: string,
  list: "mine" | "jury" | "all",
  query: DisputeListQuery,
): Promise<Page<DisputeSummary>> {
  const { items, cursor } = list === "mine"
    ? await listDisputesOf(kv, readerId, query)
    : list === "jury"
    ? await listDisputesToJudge(kv, readerId, query)
    : await listDisputes(kv, query);
  const users = await getUsers(
    kv,
    items.flatMap(({ raiserId, accusedId }) => [raiserId, accusedId]),
  );
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const votes = await Promise.all(
    items.map(({ id, round, state, jurorIds }) =>
      state === "escalated" && jurorIds.includes(readerId)
        ? kv.get(keys.disputeVote(id, round, readerId))
        : null
    ),
  );
  return {
    items: items.map(({ draws: _, ...dispute }, i) => ({
      ...dispute,
      raiser: names.get(dispute.raiserId) ?? null,
      accused: names.get(dispute.accusedId) ?? null,
      hasVoted: votes[i] ? votes[i].value !== null : null,
    })),
    cursor,
  };
}
