import { createPolicy, type Policy } from "./auth/policy.ts";
import {
  type Blobs,
  createBlobs,
  kvBodies,
  registerBlobJobs,
  s3Bodies,
} from "./blobs/mod.ts";
import { type Cache, createCache } from "./cache/mod.ts";
import type { Clock, IdMaker } from "./clock.ts";
import type { Config } from "./config.ts";
import { before, openStore, type Store } from "./kv/mod.ts";
import { monotonicFactory } from "ulid";
import { createQueue, type WorkQueue } from "./queue/mod.ts";
import type { Queue } from "./queue/types.ts";
import { longestRetention } from "./realtime/retention.ts";
import { DEFAULT_LIMITS, type Limits } from "./realtime/limits.ts";
import { Inspector } from "./realtime/inspect.ts";
import { KvEventLog } from "./realtime/log/log.ts";
import type { EventLog } from "./realtime/log/types.ts";
import { Metrics } from "./realtime/metrics.ts";
import { RealtimeServer } from "./realtime/server.ts";
import { openTracing } from "./realtime/tracing.ts";
import type { Siblings } from "./siblings.ts";

/** What actions get passed in. Everything is made once an isolate, in `openPlatform`, or by a test. */
export interface Deps {
  kv: Deno.Kv;
  now: Clock;
  newId: IdMaker;
  log: EventLog;
  queue: Queue;
  policy: Policy;
}

/** The assembled server side. */
export interface Platform extends Deps {
  config: Config;
  store: Store;
  log: KvEventLog;
  queue: WorkQueue;
  cache: Cache;
  blobs: Blobs;
  realtime: RealtimeServer;
  metrics: Metrics;
  /** What admins see of the running server. */
  inspector: Inspector;
  /** The other isolates of this process. */
  siblings?: Siblings;
  /** Why the store does not answer, or `null` when it does. */
  storeTrouble(): Promise<string | null>;
  /** Registers what else has to end in good order, within a second, when the server stops; before the store closes. */
  onClose(end: () => Promise<unknown>): void;
  /** Sends clients away, stops the workers, flushes the log, closes the store: within 4 s. */
  close(): Promise<void>;
}

export interface PlatformOptions {
  now?: Clock;
  newId?: IdMaker;
  limits?: Partial<Limits>;
  siblings?: Siblings;
  /** Registers what else the platform does with jobs; before the queue starts. */
  setUp?: (platform: Platform) => void | Promise<void>;
}

/** A store that answers a health check later than this is away, in milliseconds. */
const HEALTH_DEADLINE = 2_000;
/** Milliseconds that a running job may take to end when the server stops; after it the lease passes on. */
const JOBS_DEADLINE = 1_000;

/** Opens the store and puts the server side together. */
export async function openPlatform(
  config: Config,
  options: PlatformOptions = {},
): Promise<Platform> {
  const now = options.now ?? Date.now;
  const newId = options.newId ?? monotonicFactory();
  const store = await openStore(config.kvPath);
  const { kv } = store;
  const metrics = new Metrics();
  const tracing = await openTracing(config.tracing);
  const policy = createPolicy({ kv, now });
  const queue = createQueue({
    kv,
    now,
    newId,
    watchKv: store.watchKv,
    ...(store.remote && { native: false }),
    around: tracing?.job,
  });
  const cache = createCache({ kv, watchKv: store.watchKv, now, newId });
  const inStore = kvBodies({ kv });
  const bodies = config.s3 ? s3Bodies(config.s3) : inStore;
  registerBlobJobs(queue, { kv, bodies: [bodies, inStore] });
  const blobs = createBlobs({
    kv,
    now,
    newId,
    queue,
    bodies,
    others: [inStore],
  });
  const log = new KvEventLog({
    store,
    now,
    retention: longestRetention(config.retention),
    onBatch: (stats) => {
      const { events, ms, races } = stats;
      metrics.publishes += events;
      metrics.races += races;
      metrics.batchSize.observe(events);
      metrics.commitSeconds.observe(ms / 1_000);
      tracing?.commit(stats);
    },
    onWatchError: () => metrics.watchErrors++,
  });
  const realtime = new RealtimeServer({
    kv,
    now,
    log,
    metrics,
    policy,
    queue,
    app: config.app,
    limits: { ...DEFAULT_LIMITS, ...config.limits, ...options.limits },
    webhooks: config.webhooks,
    retention: config.retention,
    heartbeat: config.heartbeat,
    tracing,
  });
  const inspector = new Inspector({ kv, now, log, policy, realtime });
  realtime.onInspect = (by) => inspector.asked(by);
  let closing: Promise<void> | undefined;
  const onClose: (() => Promise<unknown>)[] = [];
  const platform: Platform = {
    config,
    store,
    kv,
    now,
    newId,
    policy,
    queue,
    cache,
    blobs,
    log,
    realtime,
    metrics,
    inspector,
    siblings: options.siblings,
    async storeTrouble() {
      try {
        await before(log.head("platform-global"), HEALTH_DEADLINE);
        return null;
      } catch {
        return "The store does not answer";
      }
    },
    onClose(end) {
      onClose.push(end);
    },
    close() {
      return closing ??= (async () => {
        // Beside the drain, not after it: what waits in a row would leave no time to flush the log.
        const jobs = before(queue.stop(), JOBS_DEADLINE).catch(() => {});
        await Promise.all([realtime.drain(), inspector.stop()]);
        const endings = [jobs, cache.close(), ...onClose.map((end) => end())];
        await before(Promise.allSettled(endings), JOBS_DEADLINE)
          .catch(() => {});
        await realtime.deliveries.flush().catch(() => {});
        await log.close();
        store.close();
      })();
    },
  };
  await log.open();
  await options.setUp?.(platform);
  await realtime.start();
  queue.start();
  return platform;
}
