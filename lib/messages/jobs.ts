import { z } from "zod";
import type { Queue } from "../queue/types.ts";
import type { MessageDeps } from "./change.ts";
import {
  tellWatchers,
  WATCHERS_KIND,
  WatchersPayload,
} from "./choices/watchers.ts";
import { EveryonePayload, tellEveryone } from "./everyone.ts";
import { INDEX_KIND } from "./follow.ts";
import { DirectPayload, tellUnlessRead } from "./reading/direct.ts";
import {
  NOTIFIED_KIND,
  NotifiedPayload,
  readNotified,
} from "./reading/notified.ts";
import { SCHEDULED_KIND } from "./scheduled/schedule.ts";
import { ScheduledPayload, sendScheduled } from "./scheduled/send_job.ts";
import { indexRoom } from "./search/index_room.ts";
import { DIRECT_KIND, EVERYONE_KIND } from "./tell.ts";

const IndexPayload = z.object({ channel: z.string() });

/** Registers the handlers of the jobs that messages cause; before `queue.start()`. */
export function registerMessageJobs(queue: Queue, deps: MessageDeps): void {
  queue.handle(
    EVERYONE_KIND,
    (job) => tellEveryone(deps, EveryonePayload.parse(job.payload)),
  );
  queue.handle(
    DIRECT_KIND,
    (job) => tellUnlessRead(deps, DirectPayload.parse(job.payload)),
  );
  queue.handle(
    WATCHERS_KIND,
    (job) => tellWatchers(deps, WatchersPayload.parse(job.payload)),
  );
  queue.handle(
    NOTIFIED_KIND,
    (job) => readNotified(deps, NotifiedPayload.parse(job.payload)),
  );
  queue.handle(
    SCHEDULED_KIND,
    (job) => sendScheduled(deps, ScheduledPayload.parse(job.payload)),
  );
  queue.handle(INDEX_KIND, async (job, signal) => {
    const { channel } = IndexPayload.parse(job.payload);
    await indexRoom(deps.kv, channel, signal);
  });
}
