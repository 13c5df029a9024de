import type { Page } from "../guilds/mod.ts";
import { keys } from "../kv/mod.ts";
import { type Dispute, DISPUTE_STATES, type DisputeState } from "./types.ts";

export async function getDispute(
  kv: Deno.Kv,
  disputeId: string,
): Promise<Dispute | null> {
  return (await kv.get<Dispute>(keys.dispute(disputeId))).value;
}

export interface DisputeListQuery {
  state?: DisputeState;
  /** The id of the last one seen. */
  cursor?: string;
  limit?: number;
}

/** What somebody raised or has to answer, the newest first. */
export function listDisputesOf(
  kv: Deno.Kv,
  userId: string,
  query: DisputeListQuery = {},
): Promise<Page<Dispute>> {
  return newestFirst(kv, [{
    prefix: keys.disputesOfUser(userId),
    key: (id) => keys.disputeOfUser(userId, id),
  }], query);
}

/** Where somebody is a juror, the newest first. */
export function listDisputesToJudge(
  kv: Deno.Kv,
  userId: string,
  query: DisputeListQuery = {},
): Promise<Page<Dispute>> {
  return newestFirst(kv, [{
    prefix: keys.disputesOfJuror(userId),
    key: (id) => keys.disputeOfJuror(userId, id),
  }], query);
}

/** Disputes about work of a guild, the newest first. */
export function listDisputesOfGuild(
  kv: Deno.Kv,
  guildId: string,
  query: DisputeListQuery = {},
): Promise<Page<Dispute>> {
  return newestFirst(kv, [{
    prefix: keys.disputesOfGuild(guildId),
    key: (id) => keys.disputeOfGuild(guildId, id),
  }], query);
}

/** All disputes, or those in a state, the newest first. */
export function listDisputes(
  kv: Deno.Kv,
  { state, ...query }: DisputeListQuery = {},
): Promise<Page<Dispute>> {
  const states = state ? [state] : DISPUTE_STATES;
  return newestFirst(
    kv,
    states.map((one) => ({
      prefix: keys.disputesInState(one),
      key: (id) => keys.disputeInState(one, id),
    })),
    query,
  );
}

/** Merges index rows whose last part is the id; ids are sorted by time. */
async function newestFirst(
  kv: Deno.Kv,
  lists: { prefix: Deno.KvKey; key: (id: string) => Deno.KvKey }[],
  { state, cursor, limit = 30 }: DisputeListQuery,
): Promise<Page<Dispute>> {
  const items: Dispute[] = [];
  let last = cursor;
  while (true) {
    const rows = await Promise.all(
      lists.map(({ prefix, key }) =>
        Array.fromAsync(
          kv.list<string>(
            last === undefined ? { prefix } : { prefix, end: key(last) },
            { reverse: true, limit: limit + 1 },
          ),
          ({ value }) => value,
        )
      ),
    );
    const ids = rows.flat().sort().reverse().slice(0, limit + 1);
    const found = await Promise.all(ids.map((id) => getDispute(kv, id)));
    for (const dispute of found) {
      if (!dispute || (state && dispute.state !== state)) continue;
      if (items.length === limit) {
        return { items, cursor: items.at(-1)!.id };
      }
      items.push(dispute);
    }
    if (ids.length <= limit) return { items, cursor: null };
    last = ids.at(-1)!;
  }
}
