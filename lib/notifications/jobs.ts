import { z } from "zod";
import { NexoraError } from "../errors.ts";
import type { Queue } from "../queue/types.ts";
import { TELL_KIND, tellPage, TellPayload } from "./announcements/tell_job.ts";
import { SETTLE_KIND } from "./asks.ts";
import { expireDue, type InboxDeps } from "./change.ts";
import { EXPIRE_KIND, ExpirePayload } from "./delivery/job_kinds.ts";
import { NOTIFY_KIND } from "./notify_job.ts";
import { type SendNotification, sendNotification } from "./send.ts";
import { settleNotifications, SettlePayload } from "./settle_job.ts";
import { WAKE_KIND, wakeNotification, WakePayload } from "./snooze_job.ts";
import { SWEEP_KIND, SweepPayload, sweepUnreadIndex } from "./sweep.ts";
import { ADMIN_NOTIFICATION_TYPES, NOTIFICATION_TYPES } from "./types.ts";

const NotifyPayload = z.object({
  userIds: z.array(z.string()).max(100),
  type: z.enum([...NOTIFICATION_TYPES, ...ADMIN_NOTIFICATION_TYPES]),
  data: z.unknown(),
  key: z.string().min(1).max(400),
  ask: z.string().min(1).max(400).optional(),
});

/** Registers the handlers of the jobs that notifications cause; before `queue.start()`. */
export function registerNotificationJobs(
  queue: Queue,
  given: Omit<InboxDeps, "queue">,
): void {
  const deps: InboxDeps = { ...given, queue };
  queue.handle(NOTIFY_KIND, async (job, signal) => {
    const { userIds, type, data, key, ask } = NotifyPayload.parse(job.payload);
    for (const userId of userIds) {
      signal.throwIfAborted();
      try {
        // `sendNotification` parses the data; the key makes a second run of this job harmless.
        await sendNotification(
          deps,
          { userId, type, data, key, ask } as SendNotification,
        );
      } catch (error) {
        // An account that is gone must not keep the others from being told.
        if (!(error instanceof NexoraError && error.code === "not_found")) {
          throw error;
        }
      }
    }
  });
  queue.handle(WAKE_KIND, async (job) => {
    await wakeNotification(deps, WakePayload.parse(job.payload));
  });
  queue.handle(
    SETTLE_KIND,
    (job, signal) =>
      settleNotifications(deps, SettlePayload.parse(job.payload), signal),
  );
  queue.handle(EXPIRE_KIND, async (job) => {
    await expireDue(deps, ExpirePayload.parse(job.payload).userId);
  });
  queue.handle(
    TELL_KIND,
    (job, signal) => tellPage(deps, TellPayload.parse(job.payload), signal),
  );
  queue.handle(SWEEP_KIND, async (job, signal) => {
    await sweepUnreadIndex(
      deps.kv,
      SweepPayload.parse(job.payload).userId,
      signal,
    );
  });
}
