import { NexoraError } from "../../errors.ts";
import type { Job } from "../../queue/types.ts";
import { entryOf } from "../catalogue.ts";
import { type DeliveryAttempt, logAttempts } from "./log.ts";
import { payloadOf, type PushPayload, sendPush } from "./push.ts";
import { readDeliverable, readRecipient } from "./reading.ts";
import { liveSubscriptions, removeSubscription } from "./subscriptions.ts";
import type { DeliveryDeps } from "./types.ts";

type Attempts = Omit<DeliveryAttempt, "at">[];

/** Pushes one notification to all browsers of its recipient, unless they saw it first. */
export async function pushOne(
  deps: DeliveryDeps,
  { userId, id }: { userId: string; id: string },
  job: Pick<Job, "attempt" | "enqueuedAt">,
): Promise<void> {
  const recipient = await readRecipient(deps.kv, userId);
  if (!recipient) return;
  const read = await readDeliverable(deps, recipient, id, "push");
  if ("skipped" in read) {
    return await noteSkipped(deps, userId, id, "push", read, job.attempt);
  }
  const { view, log, notification } = read;
  // A try before this one may have reached some of them.
  const reached = new Set(
    log.attempts.filter((a) =>
      a.channel === "push" && a.outcome === "delivered" &&
      a.at >= job.enqueuedAt
    ).map((a) => a.device),
  );
  const sent = await pushToAll(
    deps,
    userId,
    payloadOf(view, recipient.inbox.unread),
    {
      urgent: entryOf(notification.type).priority === "high",
      topic: id.slice(0, 32),
      except: reached,
      attempt: job.attempt,
    },
  );
  await logAttempts(deps, userId, id, {
    attempts: sent.attempts,
    ...sent.later ? {} : { done: { channel: "push", decidedAt: log.at } },
  });
  if (sent.later) throw new NexoraError("store_unavailable", sent.later);
}

/** Sends to every browser; those that are gone are forgotten. `later`: why another try is worth it. */
export async function pushToAll(
  deps: DeliveryDeps,
  userId: string,
  payload: PushPayload,
  { except, attempt, ...how }: {
    urgent: boolean;
    topic: string;
    /** Hashes. */
    except: ReadonlySet<string | undefined>;
    attempt: number;
  },
): Promise<{ attempts: Attempts; later: string | null }> {
  const subscriptions = (await liveSubscriptions(deps, userId))
    .filter((s) => !except.has(s.hash));
  if (subscriptions.length === 0 && except.size === 0) {
    return {
      attempts: [{
        channel: "push",
        attempt,
        outcome: "skipped",
        detail: "no browser takes push messages any more",
      }],
      later: null,
    };
  }
  let later: string | null = null;
  const attempts = await Promise.all(subscriptions.map(async (subscription) => {
    const { result, detail } = await sendPush(deps, subscription, payload, how);
    if (result === "gone") {
      await removeSubscription(deps, userId, subscription.hash);
    }
    if (result === "later") later = detail;
    return {
      channel: "push" as const,
      attempt,
      outcome: result === "delivered"
        ? "delivered" as const
        : "failed" as const,
      detail: result === "gone"
        ? `${detail}: this browser ended its subscription`
        : detail,
      device: subscription.hash,
    };
  }));
  return { attempts, later };
}

export async function noteSkipped(
  deps: DeliveryDeps,
  userId: string,
  id: string,
  channel: "push" | "email",
  { skipped, log }: { skipped: string | null; log: { at: number } | null },
  attempt: number,
): Promise<void> {
  if (skipped === null || log === null) return;
  await logAttempts(deps, userId, id, {
    attempts: [{ channel, attempt, outcome: "skipped", detail: skipped }],
    done: { channel, decidedAt: log.at },
  });
}
