/** Keys of bounties. */
type Key = Deno.KvKey;

export const bounty = (bountyId: string): Key => ["bounties", bountyId];
