import type { z } from "zod";
import { DAY } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { keys, set, unchanged } from "../kv/mod.ts";
import { parseFields } from "../http/body.ts";
import { changeInbox, type InboxDeps } from "./change.ts";
import { renderNotification } from "./render.ts";
import { notificationRows } from "./rows.ts";
import {
  type InboxState,
  type Notice,
  type Notification,
  NOTIFICATION_DATA,
  type NotificationNew,
  type NotificationView,
} from "./types.ts";

/** Milliseconds for which the same idempotency key makes no second notification. */
export const ONCE_KEPT = 7 * DAY;

/** `key` names the cause: the same one again makes no second notification. */
export type SendNotification = Notice & { userId: string; key?: string };

export interface Sent extends InboxState {
  /** `null` when an earlier request with this key made one that has been deleted since. */
  notification: NotificationView | null;
  repeated: boolean;
}

interface Once {
  id: string;
  expiresAt: number;
}

/**
 * Puts a notification into somebody's inbox and shows it on all their open tabs.
 *
 * @throws {NexoraError} `not_found` when there is no such user, `bad_request` when the data does not fit the type
 */
export async function sendNotification(
  deps: InboxDeps,
  { userId, key, ...notice }: SendNotification,
): Promise<Sent> {
  const { kv, now } = deps;
  const data = parseFields(
    NOTIFICATION_DATA[notice.type] as z.ZodType,
    notice.data,
  );
  const id = deps.newId();
  return await changeInbox<Sent>(
    deps,
    userId,
    null,
    async ({ inbox, reader, exists }) => {
      if (!exists) throw new NexoraError("not_found", "There is no such user");
      const at = now();
      const once = key === undefined
        ? null
        : await kv.get<Once>(keys.notificationOnce(userId, key));
      if (once?.value && once.value.expiresAt > at) {
        const earlier = await findNotification(kv, userId, once.value.id);
        const { unread, revision } = inbox;
        return {
          result: {
            notification: earlier && renderNotification(earlier, inbox, reader),
            unread,
            revision,
            repeated: true,
          },
        };
      }
      const notification = {
        id,
        userId,
        type: notice.type,
        data,
        createdAt: at,
        unreadIn: inbox.generation,
        archivedAt: null,
      } as Notification;
      const view = renderNotification(notification, inbox, reader);
      return {
        unread: inbox.unread + 1,
        checks: once ? [unchanged(once)] : [],
        mutations: [
          ...notificationRows(notification, inbox),
          ...once
            ? [
              set(
                once.key,
                { id, expiresAt: at + ONCE_KEPT } satisfies Once,
                ONCE_KEPT,
              ),
            ]
            : [],
        ],
        event: (state) => ({
          name: "notification:new",
          data: { notification: view, ...state } satisfies NotificationNew,
        }),
        result: (state) => ({ notification: view, ...state, repeated: false }),
      };
    },
  );
}

/** A notification wherever it lies. */
export async function findNotification(
  kv: Deno.Kv,
  userId: string,
  id: string,
): Promise<Notification | null> {
  const [live, archived] = await kv.getMany<[Notification, Notification]>([
    keys.notification(userId, id),
    keys.notificationArchived(userId, id),
  ]);
  return live.value ?? archived.value;
}
