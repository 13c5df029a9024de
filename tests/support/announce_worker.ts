/**
 * A process that works off announcements over a SQLite file, to be killed while it does:
 *
 *     deno run -A tests/support/announce_worker.ts PATH
 *
 * It prints `told N` now and then, and `finished` at the end. Leases last a second, so that an heir need not wait long.
 */
import { monotonicFactory } from "ulid";
import { openStore } from "../../lib/kv/mod.ts";
import {
  listAnnouncements,
  registerNotificationJobs,
} from "../../lib/notifications/mod.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";

const [path] = Deno.args as [string];
const store = await openStore(path);
const { kv } = store;
const now = Date.now;
const newId = monotonicFactory();
const log = new KvEventLog({ store, now, retention: 120_000 });
await log.open();
const queue = createQueue({ kv, now, newId, native: false, lease: 1_000 });

let told = 0;
const append = log.append.bind(log);
log.append = async (change) => {
  const positions = await append(change);
  if (++told % 20 === 0) console.log(`told ${told}`);
  return positions;
};

registerNotificationJobs(queue, { kv, now, newId, log });
queue.start();
for (;;) {
  const [announcement] = await listAnnouncements({ kv });
  if (announcement?.finishedAt) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log("finished");
await queue.stop();
await log.close();
store.close();
Deno.exit(0);
