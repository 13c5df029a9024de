import type { Policy } from "../auth/policy.ts";
import type { Clock } from "../clock.ts";
import type { Queue } from "../queue/types.ts";
import type { AppCredentials } from "./auth.ts";
import { CachedEvents } from "./cached_events.ts";
import { ClientEvents } from "./client_events.ts";
import { Connections } from "./connections.ts";
import { Directory } from "./directory.ts";
import { Hub } from "./hub.ts";
import { Deliveries } from "./inspect_deliveries.ts";
import type { Limits } from "./limits.ts";
import type { KvEventLog } from "./log/log.ts";
import type { Metrics } from "./metrics.ts";
import { Nodes } from "./nodes.ts";
import { Occupancy } from "./occupancy.ts";
import { Presence } from "./presence.ts";
import { Publishing } from "./publishing.ts";
import { type RetentionByKind, retentionOf } from "./retention.ts";
import { SigningIn } from "./signing_in.ts";
import { Streams } from "./streams.ts";
import { Subscribing } from "./subscribing.ts";
import type { Tracing } from "./tracing.ts";
import { type Endpoint, Webhooks } from "./webhooks.ts";

export interface RealtimeOptions {
  kv: Deno.Kv;
  now: Clock;
  log: KvEventLog;
  metrics: Metrics;
  limits: Limits;
  policy: Policy;
  queue: Queue;
  app: AppCredentials;
  webhooks: Endpoint[];
  tracing?: Tracing;
  /** Milliseconds between two heartbeats of an isolate. */
  heartbeat?: number;
  /** How far back channels can be resumed, by kind. */
  retention?: RetentionByKind;
}

/** The parts of an isolate's real-time server. */
export interface Parts {
  hub: Hub;
  nodes: Nodes;
  presence: Presence;
  occupancy: Occupancy;
  publishing: Publishing;
  directory: Directory;
  webhooks: Webhooks;
  deliveries: Deliveries;
  connections: Connections;
  streams: Streams;
  subscribing: Subscribing;
  signingIn: SigningIn;
  clientEvents: ClientEvents;
}

/**
 * Makes the parts and lets them hear of each other. `revive` is called when others took this isolate for dead and have
 * told so.
 */
export function assemble(
  options: RealtimeOptions,
  revive: () => Promise<void>,
): Parts {
  const { kv, now, log, metrics, limits, policy, queue, app } = options;
  const byKind = options.retention ?? {};
  const connections = new Connections(limits, metrics);
  const hub = new Hub({
    log,
    now,
    metrics,
    retentionOf: (channel) => retentionOf(channel, byKind),
  });
  const nodes = new Nodes({
    kv,
    now,
    sweep: async (nodeId) => {
      await presence.sweep(nodeId);
      await occupancy.sweep(nodeId);
    },
    revive,
    heartbeat: options.heartbeat,
  });
  const deliveries = new Deliveries({ kv, now, nodeId: nodes.id });
  const webhooks: Webhooks = new Webhooks({
    delivered: (outcome) => deliveries.note(outcome),
    kv,
    now,
    queue,
    app,
    fixed: options.webhooks,
    total: (channel) => occupancy.total(channel),
  });
  const presence = new Presence({
    kv,
    log,
    nodeId: () => nodes.id,
    maxMembers: limits.presenceMembers,
    onChange: ({ name, channel, userId }) =>
      webhooks.plan({ name, channel, user_id: userId }),
  });
  const occupancy: Occupancy = new Occupancy({
    kv,
    now,
    log,
    hub,
    nodes,
    counts: () => webhooks.wantsCounts(),
    onCount: (channel, total) => webhooks.counted(channel, total),
    onTold: (channel, total) =>
      webhooks.emit({
        name: "subscription_count",
        channel,
        subscription_count: total,
      }),
  });
  const streams = new Streams({
    hub,
    policy,
    changed: (channel) => occupancy.changed(channel),
    left: (address) => connections.left(address),
  });
  const cached = new CachedEvents({
    kv,
    now,
    onMiss: (channel) => webhooks.emit({ name: "cache_miss", channel }),
  });
  const publishing = new Publishing({
    kv,
    log,
    limits,
    cached,
    occupancy,
    presence,
    metrics,
    tracing: options.tracing,
  });
  const directory = new Directory({
    log,
    occupancy,
    presence,
    publishing,
  });
  const subscribing = new Subscribing({
    app,
    hub,
    policy,
    presence,
    cached,
    limits,
    metrics,
    changed: (channel) => occupancy.changed(channel),
  });
  const signingIn = new SigningIn({
    app,
    hub,
    presence,
    limits,
    metrics,
    signedIn: (connection, userId) => connections.belongs(connection, userId),
  });
  const clientEvents = new ClientEvents({
    log,
    policy,
    limits,
    metrics,
    now,
    emit: (event) => webhooks.emit(event),
  });
  return {
    hub,
    nodes,
    presence,
    occupancy,
    publishing,
    directory,
    webhooks,
    deliveries,
    connections,
    streams,
    subscribing,
    signingIn,
    clientEvents,
  };
}
