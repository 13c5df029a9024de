/** Keys of the real-time engine: log, heads, presence, nodes. */
type Key = Deno.KvKey;

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
