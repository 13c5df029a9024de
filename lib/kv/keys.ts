/**
 * Every key of the store. Nobody writes an array-literal key anywhere else.
 * One function a row; `…Prefix` functions are for `kv.list`. Ordered by subject.
 */
type Key = Deno.KvKey;

// --- realtime: log, heads, presence, nodes -------------------------------------------------------------------
/** `{epoch, seq}`; checked by each commit, watched by each isolate. */
export const shardHead = (shard: number): Key => ["rt", "head", shard];
/** One part (≤ 60 KiB) of the batch of events committed at `seq`. */
export const logRow = (
  shard: number,
  epoch: number,
  seq: number,
  part: number,
): Key => [
  "rt",
  "log",
  shard,
  epoch,
  seq,
  part,
];
export const logPrefix = (shard: number): Key => ["rt", "log", shard];
export const logFrom = (
  shard: number,
  epoch: number,
  seq: number,
): Key => ["rt", "log", shard, epoch, seq];
/** The first answer to a publish with an id, for 5 minutes. */
export const publishOnce = (id: string): Key => ["rt", "once", id];

/** A running isolate: `{expiresAt}`, renewed by a heartbeat; stays until the isolate's leavings are swept. */
export const node = (nodeId: string): Key => ["rt", "node", nodeId];
export const nodes = (): Key => ["rt", "node"];
/** A member of a presence channel: `{info, conns, position}`; there exactly while the member has been announced. */
export const presence = (channel: string, userId: string): Key => [
  "rt",
  "presence",
  channel,
  userId,
];
export const presenceOf = (channel: string): Key => ["rt", "presence", channel];
/** Number of a presence channel's members. */
export const presenceCount = (channel: string): Key => [
  "rt",
  "presenceCount",
  channel,
];
/** What a node must answer for when it dies, a row a connection of a member: 1 while it is in, 0 while it leaves. */
export const presenceAtNode = (
  nodeId: string,
  channel: string,
  userId: string,
  connection: string,
): Key => ["rt", "presenceNode", nodeId, channel, userId, connection];
export const presencesAtNode = (nodeId: string): Key => [
  "rt",
  "presenceNode",
  nodeId,
];
/** Subscribers of a channel at a node. */
export const occupied = (channel: string, nodeId: string): Key => [
  "rt",
  "occupied",
  channel,
  nodeId,
];
export const occupiedOf = (channel: string): Key => ["rt", "occupied", channel];
export const occupiedAll = (): Key => ["rt", "occupied"];
/** There while `channel_occupied` has been told and `channel_vacated` has not. */
export const announced = (channel: string): Key => ["rt", "announced", channel];
/** The last HTTP event of a `cache-` channel. */
export const cachedEvent = (channel: string): Key => ["rt", "cached", channel];
/** What an isolate tells of itself while an admin watches. */
export const inspection = (nodeId: string): Key => ["rt", "inspect", nodeId];
export const inspections = (): Key => ["rt", "inspect"];
/** The last deliveries of a node's webhooks. */
export const webhookDeliveries = (nodeId: string): Key => [
  "rt",
  "webhookDeliveries",
  nodeId,
];
export const webhookDeliveriesAll = (): Key => ["rt", "webhookDeliveries"];
/** A webhook endpoint set by an admin. */
export const webhook = (id: string): Key => ["rt", "webhook", id];
export const webhooks = (): Key => ["rt", "webhook"];

// --- users and sessions --------------------------------------------------------------------------------------
export const user = (userId: string): Key => ["users", userId];
export const usersPrefix = (): Key => ["users"];
export const userByHandle = (
  handle: string,
): Key => ["usersByHandle", handle.toLowerCase()];
export const userByEmail = (
  email: string,
): Key => ["usersByEmail", email.toLowerCase()];
export const credential = (userId: string): Key => ["credentials", userId];
export const session = (tokenHash: string): Key => ["sessions", tokenHash];
export const sessionOfUser = (
  userId: string,
  tokenHash: string,
): Key => ["sessionsOfUser", userId, tokenHash];
export const sessionsOfUser = (
  userId: string,
): Key => ["sessionsOfUser", userId];
export const attempts = (
  scope: string,
  subject: string,
): Key => ["attempts", scope, subject];

// --- guilds --------------------------------------------------------------------------------------------------
export const guild = (guildId: string): Key => ["guilds", guildId];
export const guildsPrefix = (): Key => ["guilds"];
export const guildMember = (
  guildId: string,
  userId: string,
): Key => ["guildMembers", guildId, userId];
export const guildMembers = (guildId: string): Key => ["guildMembers", guildId];
export const guildOfUser = (
  userId: string,
  guildId: string,
): Key => ["guildsOfUser", userId, guildId];
export const guildsOfUser = (userId: string): Key => ["guildsOfUser", userId];

// --- messages ------------------------------------------------------------------------------------------------
/** `order` is the message's position in the channel's log, padded: key order is delivery order. */
export const message = (
  channel: string,
  order: string,
): Key => ["messages", channel, order];
export const messages = (channel: string): Key => ["messages", channel];
export const messageById = (
  channel: string,
  id: string,
): Key => ["messagesById", channel, id];
/** What a client id of an author became, for a day: the same send twice is one message. */
export const messageByClientId = (
  channel: string,
  authorId: string,
  clientId: string,
): Key => [
  "messagesByClientId",
  channel,
  authorId,
  clientId,
];
/** Direct conversations of a user, newest activity kept in the value. */
export const conversation = (
  userId: string,
  otherId: string,
): Key => ["conversations", userId, otherId];
export const conversations = (userId: string): Key => ["conversations", userId];

// --- notifications -------------------------------------------------------------------------------------------
export const notification = (
  userId: string,
  id: string,
): Key => ["notifications", userId, id];
export const notifications = (userId: string): Key => ["notifications", userId];
/** Index of what is unread. A generation ends when everything is marked read at once; its rows are then garbage. */
export const notificationUnread = (
  userId: string,
  generation: number,
  id: string,
): Key => ["notificationsUnread", userId, generation, id];
export const notificationsUnread = (
  userId: string,
  generation: number,
): Key => ["notificationsUnread", userId, generation];
export const notificationsUnreadOfUser = (
  userId: string,
): Key => ["notificationsUnread", userId];
/** Archived notifications live apart, so that the inbox lists without skipping them. */
export const notificationArchived = (
  userId: string,
  id: string,
): Key => ["notificationsArchived", userId, id];
export const notificationsArchived = (
  userId: string,
): Key => ["notificationsArchived", userId];
/** Counts, revision and unread generation of one inbox. */
export const inbox = (userId: string): Key => ["inboxes", userId];
/** Notification made for an idempotency key. */
export const notificationOnce = (
  userId: string,
  key: string,
): Key => ["notificationsOnce", userId, key];

// --- disputes and bounties -----------------------------------------------------------------------------------
export const bounty = (bountyId: string): Key => ["bounties", bountyId];
export const dispute = (disputeId: string): Key => ["disputes", disputeId];
/** A party, juror or mediator of a dispute. */
export const disputeParty = (
  disputeId: string,
  userId: string,
): Key => ["disputeParties", disputeId, userId];

// --- activity ------------------------------------------------------------------------------------------------
export const activity = (at: number, id: string): Key => ["activity", at, id];
export const activityPrefix = (): Key => ["activity"];

// --- jobs ----------------------------------------------------------------------------------------------------
export const job = (dueMs: number, id: string): Key => ["jobs", dueMs, id];
export const jobs = (): Key => ["jobs"];
export const jobUnique = (key: string): Key => ["jobsUnique", key];
export const deadJob = (id: string): Key => ["jobsDead", id];
export const deadJobs = (): Key => ["jobsDead"];
/** Set with each enqueue; watched where the runtime has no native queue. */
export const jobBell = (): Key => ["jobsBell"];
export const cronSlot = (
  name: string,
  slot: string,
): Key => ["cron", "slot", name, slot];
export const cronSlots = (name: string): Key => ["cron", "slot", name];
export const cronRun = (
  name: string,
  runId: string,
): Key => ["cron", "run", name, runId];
export const cronRuns = (name: string): Key => ["cron", "run", name];
/** Held while a run is unfinished. `scope` is `job`, or the slot where runs may overlap. */
export const cronLease = (
  name: string,
  scope: string,
): Key => ["cron", "lease", name, scope];
export const cronLeases = (name: string): Key => ["cron", "lease", name];
/** Changes with each claim and nothing else: what a run commits checks it. */
export const cronFence = (
  name: string,
  scope: string,
): Key => ["cron", "fence", name, scope];
/** How far a run has come, for the one that resumes it. */
export const cronCheckpoint = (
  name: string,
  runId: string,
): Key => ["cron", "checkpoint", name, runId];
/** No slot up to this time is missed: all have been taken, or are older than this store's knowledge of the job. */
export const cronSince = (name: string): Key => ["cron", "since", name];

/** What the oracle found on a day: window, health, counts. */
export const oracleReport = (at: number, runId: string): Key => [
  "oracle",
  "report",
  at,
  runId,
];
export const oracleReports = (): Key => ["oracle", "report"];
/** One anomaly of a report: a whole report may not fit into a value. */
export const oracleAnomaly = (
  runId: string,
  anomalyId: string,
): Key => ["oracle", "anomaly", runId, anomalyId];
export const oracleAnomalies = (
  runId: string,
): Key => ["oracle", "anomaly", runId];
export const oracleCase = (caseId: string): Key => ["oracle", "case", caseId];
export const oracleCases = (): Key => ["oracle", "case"];
/** When and how much of somebody's trust has decayed. */
export const trustDecay = (userId: string): Key => ["trustDecay", userId];
export const trustDecays = (): Key => ["trustDecay"];

// --- cache ---------------------------------------------------------------------------------------------------
export const cacheEntry = (
  kind: string,
  version: number,
  id: string,
): Key => ["cache", kind, version, id];
export const cacheKind = (kind: string): Key => ["cache", kind];
/** A part of a value that does not fit into one row. `stamp` names the write, so that two writes never mix. */
export const cacheChunk = (
  kind: string,
  version: number,
  id: string,
  stamp: string,
  part: number,
): Key => ["cacheChunk", kind, version, id, stamp, part];
export const cacheChunks = (
  kind: string,
  version: number,
  id: string,
): Key => ["cacheChunk", kind, version, id];
export const cacheChunksOfKind = (kind: string): Key => ["cacheChunk", kind];
/** Held by the one isolate that loads a value. */
export const cacheLease = (
  kind: string,
  version: number,
  id: string,
): Key => ["cacheLease", kind, version, id];
/** Changes when everything of a scope (`tag:…`, `kind:…`) is invalidated: a load that began before is not kept. */
export const cacheScope = (scope: string): Key => ["cacheScope", scope];
/** Index of the entries that carry a tag. */
export const cacheTagged = (
  tag: string,
  kind: string,
  version: number,
  id: string,
): Key => ["cacheTagged", tag, kind, version, id];
export const cacheTaggedWith = (tag: string): Key => ["cacheTagged", tag];
/** What isolates have to forget, numbered without a gap; `cacheBell` holds the newest number and is watched. */
export const cacheGone = (seq: number): Key => ["cacheGone", seq];
export const cacheBell = (): Key => ["cacheBell"];

// --- the store itself ----------------------------------------------------------------------------------------
export const schemaVersion = (): Key => ["meta", "schema"];
export const demoSeed = (): Key => ["meta", "demo"];
export const serverSecret = (name: string): Key => ["meta", "secret", name];
