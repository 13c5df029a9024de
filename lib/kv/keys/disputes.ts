/** Keys of disputes. */
type Key = Deno.KvKey;

export const dispute = (disputeId: string): Key => ["disputes", disputeId];
/** A party, juror or mediator of a dispute. */
export const disputeParty = (
  disputeId: string,
  userId: string,
): Key => ["disputeParties", disputeId, userId];
