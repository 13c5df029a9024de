import { NexoraError } from "../errors.ts";
import type { Deps } from "../platform.ts";
import { changeInbox, type InboxDeps } from "./change.ts";
import { renderNotification } from "./render.ts";
import { changedRows, counts, removedRows } from "./rows.ts";
import { sweepJob } from "./sweep.ts";
import type {
  InboxState,
  Notification,
  NotificationClear,
  NotificationRead,
  NotificationView,
} from "./types.ts";

export type Marked = InboxState & { notification: NotificationView };

const missing = () =>
  new NexoraError("not_found", "There is no such notification");

/** What changes about one notification: the rest follows from it. */
type Edit = (notification: Notification, generation: number) => Notification;

function editNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
  edit: Edit,
): Promise<Marked> {
  return changeInbox<Marked>(
    deps,
    userId,
    id,
    ({ inbox, notification, reader }) => {
      if (notification === null) throw missing();
      const after = edit(notification, inbox.generation);
      const view = renderNotification(after, inbox, reader);
      if (after === notification) {
        return {
          result: {
            notification: view,
            unread: inbox.unread,
            revision: inbox.revision,
          },
        };
      }
      const archived = after.archivedAt !== null &&
        notification.archivedAt === null;
      return {
        unread: inbox.unread + Number(counts(after, inbox)) -
          Number(counts(notification, inbox)),
        mutations: changedRows(notification, after, inbox),
        event: (state) =>
          archived
            ? {
              name: "notification:clear",
              data: {
                id,
                reason: "archived",
                ...state,
              } satisfies NotificationClear,
            }
            : {
              name: "notification:read",
              data: {
                id,
                read: view.read,
                notification: view,
                ...state,
              } satisfies NotificationRead,
            },
        result: (state) => ({ notification: view, ...state }),
      };
    },
  );
}

/** Marks one as read or as unread again. @throws {NexoraError} `not_found` */
export function markNotificationRead(
  deps: InboxDeps,
  userId: string,
  id: string,
  read = true,
): Promise<Marked> {
  return editNotification(deps, userId, id, (n, generation) => {
    if (read === (n.unreadIn !== generation)) return n;
    return { ...n, unreadIn: read ? null : generation };
  });
}

/** Takes one out of the inbox, or puts it back as it was. @throws {NexoraError} `not_found` */
export function archiveNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
  archived = true,
): Promise<Marked> {
  return editNotification(deps, userId, id, (n) => {
    if (archived === (n.archivedAt !== null)) return n;
    return { ...n, archivedAt: archived ? deps.now() : null };
  });
}

/** Deletes one for good. @throws {NexoraError} `not_found` */
export function deleteNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
): Promise<InboxState> {
  return changeInbox<InboxState>(
    deps,
    userId,
    id,
    ({ inbox, notification }) => {
      if (notification === null) throw missing();
      return {
        unread: inbox.unread - Number(counts(notification, inbox)),
        mutations: removedRows(notification),
        event: (state) => ({
          name: "notification:clear",
          data: { id, reason: "deleted", ...state } satisfies NotificationClear,
        }),
        result: (state) => state,
      };
    },
  );
}

/** Marks everything read in one write: what was unread belongs to a generation that is over. */
export async function markAllNotificationsRead(
  deps: InboxDeps & Pick<Deps, "queue">,
  userId: string,
): Promise<InboxState> {
  const { state, changed } = await changeInbox<
    { state: InboxState; changed: boolean }
  >(
    deps,
    userId,
    null,
    ({ inbox: { unread, revision, generation } }) => {
      if (unread === 0) {
        return { result: { state: { unread, revision }, changed: false } };
      }
      // The index rows of the old generation are in nobody's way; a job takes them away.
      const jobs = deps.queue.plan([sweepJob(userId)]);
      return {
        unread: 0,
        generation: generation + 1,
        checks: jobs.checks,
        mutations: jobs.mutations,
        event: (state) => ({
          name: "notification:read",
          data: { all: true, read: true, ...state } satisfies NotificationRead,
        }),
        result: (state) => ({ state, changed: true }),
      };
    },
  );
  if (changed) deps.queue.ring();
  return state;
}
