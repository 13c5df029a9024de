import { z } from "zod";
import type { NewJob } from "../queue/types.ts";
import { changeInbox, type InboxDeps } from "./change.ts";
import { renderNotification } from "./render.ts";
import {
  folderOf,
  type Notification,
  type NotificationClear,
  type NotificationNew,
} from "./types.ts";

export const WAKE_KIND = "notification-wake";

export const WakePayload = z.object({
  userId: z.string(),
  id: z.string(),
  until: z.number(),
});
type Wake = z.infer<typeof WakePayload>;

/** The job that brings a snoozed notification back. */
export function wakeJob(wake: Wake, now: number): NewJob {
  return { kind: WAKE_KIND, payload: wake, delay: wake.until - now };
}

/** Brings one back on top, unread, unless it was woken, snoozed again, archived or deleted meanwhile. */
export function wakeNotification(
  deps: InboxDeps,
  { userId, id, until }: Wake,
): Promise<boolean> {
  const place = deps.newId();
  return changeInbox<boolean>(
    deps,
    userId,
    id,
    ({ inbox, notification: before, reader }) => {
      if (
        before === null || before.snoozedUntil !== until ||
        folderOf(before) !== "snoozed"
      ) return { result: false };
      const now = deps.now();
      if (before.expiresAt && before.expiresAt <= now) {
        return {
          edit: {
            before,
            after: {
              ...before,
              snoozedUntil: null,
              archivedAt: now,
              expiredAt: now,
            },
          },
          event: (state) => ({
            name: "notification:clear",
            data: {
              id,
              reason: "expired",
              ...state,
            } satisfies NotificationClear,
          }),
          result: () => false,
        };
      }
      const after: Notification = {
        ...before,
        snoozedUntil: null,
        unreadIn: inbox.generation,
        unseenIn: inbox.seenGeneration,
        place,
      };
      const notification = renderNotification(after, inbox, reader);
      return {
        edit: { before, after },
        event: (state) => ({
          name: "notification:new",
          data: { notification, ...state } satisfies NotificationNew,
        }),
        result: () => true,
      };
    },
  );
}
