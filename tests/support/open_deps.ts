import { createPolicy } from "../../lib/auth/policy.ts";
import type { Deps } from "../../lib/platform.ts";
import { createQueue, type WorkQueue } from "../../lib/queue/mod.ts";
import { EVENTS } from "../../lib/realtime/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { readBatches, readHead } from "../../lib/realtime/log/rows.ts";
import { shardOf } from "../../lib/realtime/log/shards.ts";
import type { LoggedEvent } from "../../lib/realtime/mod.ts";
import { commit } from "../../lib/kv/mod.ts";
import { newUser, newUserRows, type User } from "../../lib/users/mod.ts";
import { countingIds, type FakeClock, fakeClock } from "./clock.ts";

export type EventName = typeof EVENTS[number];

/** One isolate's dependencies over a real in-memory store. */
export interface TestDeps extends Deps, AsyncDisposable {
  log: KvEventLog;
  queue: WorkQueue;
  clock: FakeClock;
  /** A second isolate on the same store. */
  fork(): Promise<TestDeps>;
  /** Adds a user; the id is the handle with `_` for `-`. */
  addUser(handle: string, given?: Partial<User>): Promise<User>;
  /** Everything that was told on a channel, in order. */
  events(channel: string): Promise<(LoggedEvent & { json: unknown })[]>;
}

let isolates = 0;

export async function openDeps(): Promise<TestDeps> {
  const clock = fakeClock();
  const kv = await Deno.openKv(":memory:");
  return await isolate(kv, clock, () => kv.close());
}

async function isolate(
  kv: Deno.Kv,
  clock: FakeClock,
  close: () => void,
): Promise<TestDeps> {
  const now = clock.now;
  const newId = countingIds(`I${++isolates}X`);
  const log = new KvEventLog({
    store: { kv, watchKv: kv, remote: false },
    now,
    retention: 60_000,
  });
  await log.open();
  const queue = createQueue({ kv, now, newId, native: false });
  return {
    kv,
    now,
    newId,
    log,
    queue,
    clock,
    policy: createPolicy({ kv, now }),
    fork: () => isolate(kv, clock, () => {}),
    async addUser(handle, given = {}) {
      const user = newUser({
        id: handle.replaceAll("-", "_"),
        handle,
        name: handle,
        email: `${handle}@example.com`,
        createdAt: now(),
        ...given,
      });
      await commit(kv, newUserRows(user));
      return user;
    },
    async events(channel) {
      const shard = shardOf(channel);
      const head = await readHead(kv, shard, now);
      const events: LoggedEvent[] = [];
      for await (
        const batch of readBatches(kv, shard, head.epoch, 0, head.seq)
      ) {
        events.push(
          ...batch.events.filter((event) => event.channel === channel),
        );
      }
      return events.map((event) => ({
        ...event,
        json: JSON.parse(event.data),
      }));
    },
    async [Symbol.asyncDispose]() {
      await queue.stop();
      await log.close();
      close();
    },
  };
}
