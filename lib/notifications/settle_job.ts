import { z } from "zod";
import { commit, del, keys, unchanged } from "../kv/mod.ts";
import type { Settling } from "./asks.ts";
import { changeInbox, type InboxDeps } from "./change.ts";
import { closedLog, type DeliveryLog, logRow } from "./delivery/log.ts";
import { OUTCOMES } from "./outcomes.ts";
import { renderNotification } from "./render.ts";
import { isOneOfSeveral, settledNow, withoutWords } from "./settled.ts";
import { changedRows } from "./rows.ts";
import { folderOf, type Notification, type NotificationRead } from "./types.ts";

export const SettlePayload = z.object({
  ask: z.string(),
  outcome: z.enum(OUTCOMES),
  byId: z.string().nullable(),
  userIds: z.array(z.string()).optional(),
});

/** Settles every notification that asks for it. Those that are settled leave the index, so a second run is harmless. */
export async function settleNotifications(
  deps: InboxDeps,
  settling: Settling,
  signal: AbortSignal,
): Promise<void> {
  const { ask, userIds } = settling;
  const prefixes = userIds
    ? userIds.map((userId) => keys.notificationsAsking(ask, userId))
    : [keys.notificationsAsking(ask)];
  for (const prefix of prefixes) {
    for await (const { key } of deps.kv.list({ prefix })) {
      signal.throwIfAborted();
      const [userId, id] = key.slice(-2) as [string, string];
      await settleOne(deps, userId, id, settling);
      // Where there was nothing to settle (an account that ended): the index has no use for it.
      await commit(deps.kv, { mutations: [del(key)] });
    }
  }
}

/**
 * Settles one: it is read, what it offered to do gives way to what became of it, and what was still to be sent of it is
 * closed in its delivery log. Put off until later, it comes back without a sound: there is nothing to wait for.
 */
function settleOne(
  deps: InboxDeps,
  userId: string,
  id: string,
  { ask, outcome, byId }: Settling,
): Promise<boolean> {
  return changeInbox<boolean>(
    deps,
    userId,
    id,
    async ({ inbox, notification: before, reader }) => {
      if (before === null || before.ask !== ask || before.settled) {
        return { result: false };
      }
      const at = deps.now();
      // The latest of several direct messages was deleted: the others are still to be read.
      const oneLess = outcome === "removed" && isOneOfSeveral(before.data);
      const after = {
        ...before,
        ...oneLess
          ? { ask: undefined, data: withoutWords(before.data) }
          : settledNow(before.data, { outcome, byId, at }),
      } as Notification;
      const log = await deps.kv.get<DeliveryLog>(
        keys.notificationDelivery(userId, id),
      );
      const closed = log.value && !oneLess &&
        closedLog(log.value, at, whyOf(outcome));
      const closing = {
        checks: [unchanged(log)],
        mutations: closed ? [logRow(userId, id, closed)] : [],
      };
      // Nobody sees what is deleted; taken back, it is settled.
      if (folderOf(before) === "deleted") {
        return {
          checks: closing.checks,
          mutations: [
            ...changedRows(before, after, inbox),
            ...closing.mutations,
          ],
          event: null,
          result: () => true,
        };
      }
      const notification = renderNotification(after, inbox, reader);
      return {
        ...closing,
        edit: { before, after },
        event: (state) => ({
          name: "notification:read",
          data: {
            id,
            read: notification.read,
            notification,
            ...state,
          } satisfies NotificationRead,
        }),
        result: () => true,
      };
    },
  );

  /** In plain words, for the delivery log. */
  function whyOf(outcome: Settling["outcome"]): string {
    if (outcome === "removed") return "the message was deleted first";
    if (byId === userId) return "it was answered on its page first";
    return outcome === "closed" || byId === null
      ? "what it asks for was no longer open"
      : "somebody else answered it first";
  }
}
