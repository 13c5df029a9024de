import { keys } from "../kv/mod.ts";
import type { Bounty, BountyStep } from "./types.ts";

export async function getBounty(
  kv: Deno.Kv,
  bountyId: string,
): Promise<Bounty | null> {
  return (await kv.get<Bounty>(keys.bounty(bountyId))).value;
}

/** Bounties by id, in the order asked for; those that do not exist are left out. */
export async function getBounties(
  kv: Deno.Kv,
  bountyIds: readonly string[],
): Promise<Bounty[]> {
  const reads: Promise<Deno.KvEntryMaybe<Bounty>[]>[] = [];
  // One getMany takes ten keys.
  for (let i = 0; i < bountyIds.length; i += 10) {
    reads.push(kv.getMany<Bounty[]>(
      bountyIds.slice(i, i + 10).map((id) => keys.bounty(id)),
    ));
  }
  return (await Promise.all(reads)).flat().flatMap((entry) =>
    entry.value ?? []
  );
}

/** What happened to a bounty, the latest first. */
export async function listBountySteps(
  kv: Deno.Kv,
  bountyId: string,
  limit = 100,
): Promise<BountyStep[]> {
  const rows = kv.list<BountyStep>({ prefix: keys.bountySteps(bountyId) }, {
    reverse: true,
    limit,
  });
  return await Array.fromAsync(rows, ({ value }) => value);
}
