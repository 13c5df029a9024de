import { DAY } from "../../clock.ts";
import {
  commit,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { DeliveryDecision } from "../preferences/decide.ts";
import type { NotificationChannel } from "../preferences/types.ts";

/** One try to bring a notification to somebody, or the reason why none was made. */
export interface DeliveryAttempt {
  channel: NotificationChannel;
  /** Milliseconds, its end. */
  at: number;
  /** Of the job, 1 for the first. */
  attempt: number;
  outcome: "delivered" | "skipped" | "failed";
  /** In plain words: what answered, or why it was skipped. */
  detail: string;
  /** Hash of the push subscription. */
  device?: string;
}

/** What caused a notification, what decided its ways, and how each went. */
export interface DeliveryLog {
  /** Idempotency keys of what caused it, the latest last; several when it grew. */
  causes: string[];
  /** Milliseconds, of the decision. */
  at: number;
  decision: DeliveryDecision;
  /** How often something was added to it. */
  added: number;
  attempts: DeliveryAttempt[];
  /** A channel whose delivery is complete: it is not tried again. */
  done: Partial<Record<"push" | "email", number>>;
}

/** Kept as long as questions come; the notification itself stays. */
export const LOG_KEPT = 180 * DAY;
const ATTEMPTS_KEPT = 50;
const CAUSES_KEPT = 20;

export function logRow(
  userId: string,
  id: string,
  log: DeliveryLog,
): Mutation {
  return set(keys.notificationDelivery(userId, id), log, LOG_KEPT);
}

export function newLog(
  cause: string | undefined,
  at: number,
  decision: DeliveryDecision,
): DeliveryLog {
  return {
    causes: cause === undefined ? [] : [cause],
    at,
    decision,
    added: 0,
    attempts: [],
    done: {},
  };
}

/** The log of a notification that something was added to: what was decided about the latest holds, and is delivered. */
export function grownLog(
  before: DeliveryLog | null,
  next: DeliveryLog,
): DeliveryLog {
  if (before === null) return next;
  const done = { ...before.done };
  for (const channel of ["push", "email"] as const) {
    if (next.decision[channel].verdict !== "never") delete done[channel];
  }
  const decision = { ...next.decision };
  for (const channel of ["push", "email"] as const) {
    // What is still on its way for the first takes the others along.
    const rule = decision[channel].reasons.at(-1)?.rule;
    if (rule === "batched") decision[channel] = before.decision[channel];
  }
  return {
    ...next,
    decision,
    causes: [...before.causes, ...next.causes].slice(-CAUSES_KEPT),
    added: before.added + 1,
    attempts: before.attempts,
    done,
  };
}

/** The log of a notification that need not be sent any more: what is on its way is skipped. */
export function closedLog(
  log: DeliveryLog,
  at: number,
  detail: string,
): DeliveryLog {
  const open = (["push", "email"] as const).filter((channel) =>
    log.decision[channel].verdict !== "never" && !log.done[channel]
  );
  return {
    ...log,
    attempts: [
      ...log.attempts,
      ...open.map((channel) => ({
        channel,
        at,
        attempt: 1,
        outcome: "skipped" as const,
        detail,
      })),
    ].slice(-ATTEMPTS_KEPT),
    done: {
      ...log.done,
      ...Object.fromEntries(open.map((channel) => [channel, at])),
    },
  };
}

export async function getDeliveryLog(
  kv: Deno.Kv,
  userId: string,
  id: string,
): Promise<DeliveryLog | null> {
  const key = keys.notificationDelivery(userId, id);
  return (await kv.get<DeliveryLog>(key)).value;
}

/** What a job has to say about a delivery. */
export interface Delivered {
  attempts: Omit<DeliveryAttempt, "at">[];
  /** Closes the channel, if nothing was added since the decision of this time. */
  done?: { channel: "push" | "email"; decidedAt: number };
}

/** Writes down how a delivery went. */
export async function logAttempts(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
  id: string,
  { attempts, done }: Delivered,
): Promise<void> {
  await retryConflicts(async () => {
    const row = await kv.get<DeliveryLog>(
      keys.notificationDelivery(userId, id),
    );
    if (row.value === null) return true;
    const at = now();
    const after: DeliveryLog = {
      ...row.value,
      attempts: [
        ...row.value.attempts,
        ...attempts.map((attempt) => ({ ...attempt, at })),
      ].slice(-ATTEMPTS_KEPT),
      done: done && done.decidedAt === row.value.at
        ? { ...row.value.done, [done.channel]: at }
        : row.value.done,
    };
    const committed = await commit(kv, {
      checks: [unchanged(row)],
      mutations: [logRow(userId, id, after)],
    });
    return committed ? true : null;
  });
}
