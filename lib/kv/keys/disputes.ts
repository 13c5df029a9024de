/** Keys of disputes. Ids are sorted by time of making: lists are read backwards, the newest first. */
type Key = Deno.KvKey;

export const dispute = (disputeId: string): Key => ["disputes", disputeId];
/** A party, juror or mediator of a dispute. */
export const disputeParty = (
  disputeId: string,
  userId: string,
): Key => ["disputeParties", disputeId, userId];
export const disputeParties = (disputeId: string): Key => [
  "disputeParties",
  disputeId,
];
/** Disputes that somebody raised or has to answer. */
export const disputeOfUser = (
  userId: string,
  disputeId: string,
): Key => ["disputesOfUser", userId, disputeId];
export const disputesOfUser = (userId: string): Key => [
  "disputesOfUser",
  userId,
];
/** Disputes for whose tribunal somebody was drawn. */
export const disputeOfJuror = (
  userId: string,
  disputeId: string,
): Key => ["disputesOfJuror", userId, disputeId];
export const disputesOfJuror = (userId: string): Key => [
  "disputesOfJuror",
  userId,
];
export const disputeOfGuild = (
  guildId: string,
  disputeId: string,
): Key => ["disputesOfGuild", guildId, disputeId];
export const disputesOfGuild = (guildId: string): Key => [
  "disputesOfGuild",
  guildId,
];
export const disputeInState = (
  state: string,
  disputeId: string,
): Key => ["disputesInState", state, disputeId];
export const disputesInState = (state: string): Key => [
  "disputesInState",
  state,
];
/** Tribunals by the end of voting. */
export const disputeDue = (
  deadline: number,
  disputeId: string,
): Key => ["disputesDue", deadline, disputeId];
export const disputesDue = (): Key => ["disputesDue"];
export const disputeEvidence = (
  disputeId: string,
  n: number,
): Key => ["disputeEvidence", disputeId, n];
export const disputeEvidences = (disputeId: string): Key => [
  "disputeEvidence",
  disputeId,
];
/** A juror's vote in a round; nobody lists them before the end. */
export const disputeVote = (
  disputeId: string,
  round: number,
  jurorId: string,
): Key => ["disputeVotes", disputeId, round, jurorId];

/** Spreads ids evenly over 0…2³²−1 (FNV-1a), so that jurors can be drawn from any place on. */
export function spread(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
/** Who has been here lately; written with `lastActiveAt`, gone by itself a month later. */
export const juror = (userId: string): Key => [
  "jurors",
  spread(userId),
  userId,
];
export const jurors = (): Key => ["jurors"];
/** Where the drawing begins. */
export const jurorsFrom = (place: number): Key => ["jurors", place];
