/** Keys of bounties. Lists are by time, then id, and read backwards: the newest first. */
type Key = Deno.KvKey;

export const bounty = (bountyId: string): Key => ["bounties", bountyId];
export const bountiesPrefix = (): Key => ["bounties"];

/** What happened at a revision. */
export const bountyStep = (
  bountyId: string,
  revision: number,
): Key => ["bountySteps", bountyId, revision];
export const bountySteps = (bountyId: string): Key => ["bountySteps", bountyId];

/** `at`: when it was opened, or made while it is a draft. */
export const bountyInState = (
  state: string,
  at: number,
  bountyId: string,
): Key => ["bountiesInState", state, at, bountyId];
export const bountiesInState = (
  state: string,
): Key => ["bountiesInState", state];
export const bountyInCategory = (
  category: string,
  state: string,
  at: number,
  bountyId: string,
): Key => ["bountiesInCategory", category, state, at, bountyId];
export const bountiesInCategory = (
  category: string,
  state: string,
): Key => ["bountiesInCategory", category, state];
export const bountyWithSkill = (
  skill: string,
  state: string,
  at: number,
  bountyId: string,
): Key => ["bountiesWithSkill", skill, state, at, bountyId];
export const bountiesWithSkill = (
  skill: string,
  state: string,
): Key => ["bountiesWithSkill", skill, state];

/** `at`: when it was made. */
export const bountyOfClient = (
  clientId: string,
  at: number,
  bountyId: string,
): Key => ["bountiesOfClient", clientId, at, bountyId];
export const bountiesOfClient = (
  clientId: string,
): Key => ["bountiesOfClient", clientId];
/** `at`: when it was accepted; so for the worker. */
export const bountyOfGuild = (
  guildId: string,
  at: number,
  bountyId: string,
): Key => ["bountiesOfGuild", guildId, at, bountyId];
export const bountiesOfGuild = (
  guildId: string,
): Key => ["bountiesOfGuild", guildId];
export const bountyOfWorker = (
  workerId: string,
  at: number,
  bountyId: string,
): Key => ["bountiesOfWorker", workerId, at, bountyId];
export const bountiesOfWorker = (
  workerId: string,
): Key => ["bountiesOfWorker", workerId];
/** There while a guild works on it: accepted or submitted. */
export const bountyAtWork = (
  guildId: string,
  bountyId: string,
): Key => ["bountiesAtWork", guildId, bountyId];
export const bountiesAtWork = (
  guildId: string,
): Key => ["bountiesAtWork", guildId];
/** There while it is proposed to a guild and still to be had. */
export const bountyForGuild = (
  guildId: string,
  at: number,
  bountyId: string,
): Key => ["bountiesForGuild", guildId, at, bountyId];
export const bountiesForGuild = (
  guildId: string,
): Key => ["bountiesForGuild", guildId];
/** There while a deadline is ahead of it. */
export const bountyDeadline = (
  deadline: number,
  bountyId: string,
): Key => ["bountyDeadlines", deadline, bountyId];
export const bountyDeadlines = (): Key => ["bountyDeadlines"];

export const payout = (bountyId: string): Key => ["payouts", bountyId];
export const payoutOfUser = (
  userId: string,
  at: number,
  bountyId: string,
): Key => ["payoutsOfUser", userId, at, bountyId];
export const payoutsOfUser = (userId: string): Key => ["payoutsOfUser", userId];
export const payoutOfGuild = (
  guildId: string,
  at: number,
  bountyId: string,
): Key => ["payoutsOfGuild", guildId, at, bountyId];
export const payoutsOfGuild = (
  guildId: string,
): Key => ["payoutsOfGuild", guildId];
/** What a client has paid. */
export const payoutByPayer = (
  payerId: string,
  at: number,
  bountyId: string,
): Key => ["payoutsByPayer", payerId, at, bountyId];
export const payoutsByPayer = (
  payerId: string,
): Key => ["payoutsByPayer", payerId];
