import { DAY } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { changeInbox, type InboxDeps } from "./change.ts";
import { renderNotification } from "./render.ts";
import { DELETED_KEPT } from "./rows.ts";
import { wakeJob } from "./snooze_job.ts";
import { sweepJob } from "./sweep.ts";
import {
  folderOf,
  type Inbox,
  type InboxState,
  isUnread,
  isUnseen,
  type Notification,
  type NotificationClear,
  type NotificationRead,
  type NotificationView,
  stateOf,
} from "./types.ts";
import type { NewJob } from "../queue/types.ts";

export type Marked = InboxState & { notification: NotificationView };

const missing = () =>
  new NexoraError("not_found", "There is no such notification");

interface Edit {
  /** What it becomes; the same object when there is nothing to do. */
  to: (notification: Notification, inbox: Inbox) => Notification;
  /** Deleted ones too. */
  deleted?: boolean;
  jobs?: () => NewJob[];
}

function editNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
  { to, deleted = false, jobs }: Edit,
): Promise<Marked> {
  return changeInbox<Marked>(
    deps,
    userId,
    id,
    ({ inbox, notification: before, reader }) => {
      if (before === null || (before.deletedAt && !deleted)) throw missing();
      const after = to(before, inbox);
      const notification = renderNotification(after, inbox, reader);
      if (after === before) {
        return { result: { notification, ...stateOf(inbox) } };
      }
      const folder = folderOf(after);
      const left = folder !== "inbox" && folder !== folderOf(before)
        ? folder
        : null;
      return {
        edit: { before, after },
        jobs: jobs?.(),
        event: (state) =>
          left
            ? {
              name: "notification:clear",
              data: { id, reason: left, ...state } satisfies NotificationClear,
            }
            : {
              name: "notification:read",
              data: {
                id,
                read: notification.read,
                notification,
                ...state,
              } satisfies NotificationRead,
            },
        result: (state) => ({ notification, ...state }),
      };
    },
  );
}

/** Marks one as read (then it is seen, too) or as unread again. @throws {NexoraError} `not_found` */
export function markNotificationRead(
  deps: InboxDeps,
  userId: string,
  id: string,
  read = true,
): Promise<Marked> {
  return editNotification(deps, userId, id, {
    to: (n, inbox) => {
      if (read !== isUnread(n, inbox)) return n;
      return read
        ? { ...n, unreadIn: null, unseenIn: null }
        : { ...n, unreadIn: inbox.generation };
    },
  });
}

/** Marks one as seen: it was on a screen, and need not be in the badge. @throws {NexoraError} `not_found` */
export function markNotificationSeen(
  deps: InboxDeps,
  userId: string,
  id: string,
): Promise<Marked> {
  return editNotification(deps, userId, id, {
    to: (n, inbox) => isUnseen(n, inbox) ? { ...n, unseenIn: null } : n,
  });
}

/** Takes one out of the inbox, or puts it back as it was. @throws {NexoraError} `not_found` */
export function archiveNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
  archived = true,
): Promise<Marked> {
  return editNotification(deps, userId, id, {
    to: (n) => {
      if (archived === (n.archivedAt !== null)) return n;
      if (archived) {
        return { ...n, archivedAt: deps.now(), snoozedUntil: null };
      }
      // What has expired stays so, and does not expire again.
      const { expiredAt } = n;
      return {
        ...n,
        archivedAt: null,
        ...expiredAt ? { expiresAt: null } : {},
      };
    },
  });
}

/** A snooze is for later, not for ever. */
export const LONGEST_SNOOZE = 365 * DAY;

/**
 * Takes one out of the inbox until `until` (milliseconds), when it comes back on top, unread; `null` brings it back now,
 * as it was.
 *
 * @throws {NexoraError} `not_found`, `bad_request` for a time that is not ahead or is over a year away
 */
export function snoozeNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
  until: number | null,
): Promise<Marked> {
  const now = deps.now();
  if (until !== null && (until <= now || until > now + LONGEST_SNOOZE)) {
    throw new NexoraError("bad_request", undefined, {
      fields: { snoozedUntil: "A time ahead, within a year" },
    });
  }
  return editNotification(deps, userId, id, {
    to: (n) =>
      (n.snoozedUntil ?? null) === until
        ? n
        : { ...n, snoozedUntil: until, archivedAt: null },
    jobs: () =>
      until === null ? [] : [wakeJob({ userId, id, until }, deps.now())],
  });
}

/**
 * Deletes one. For some days it can be taken back with `restoreNotification`, then it is gone.
 *
 * @throws {NexoraError} `not_found`
 */
export function deleteNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
): Promise<Marked> {
  return editNotification(deps, userId, id, {
    to: (n) => ({ ...n, deletedAt: deps.now() }),
  });
}

/** Takes a deletion back: the notification is where and as it was. @throws {NexoraError} `not_found` */
export function restoreNotification(
  deps: InboxDeps,
  userId: string,
  id: string,
): Promise<Marked> {
  return editNotification(deps, userId, id, {
    deleted: true,
    to: (n) => {
      if (!n.deletedAt) return n;
      // `expireIn` may leave the row readable for longer than is promised.
      if (n.deletedAt + DELETED_KEPT <= deps.now()) throw missing();
      const late = n.snoozedUntil && n.snoozedUntil <= deps.now();
      return {
        ...n,
        deletedAt: null,
        ...late ? { snoozedUntil: null } : {},
      };
    },
  });
}

/** Marks everything read, and seen, in one write: what was unread belongs to a generation that is over. */
export function markAllNotificationsRead(
  deps: InboxDeps,
  userId: string,
): Promise<InboxState> {
  return changeInbox<InboxState>(deps, userId, null, ({ inbox }) => {
    if (inbox.unread === 0 && inbox.unseen === 0) {
      return { result: stateOf(inbox) };
    }
    return {
      inbox: {
        unread: 0,
        unseen: 0,
        generation: inbox.generation + 1,
        seenGeneration: inbox.seenGeneration + 1,
      },
      // The index rows of the old generation are in nobody's way; a job takes them away.
      jobs: [sweepJob(userId)],
      event: (state) => ({
        name: "notification:read",
        data: {
          all: true,
          read: true,
          seen: true,
          ...state,
        } satisfies NotificationRead,
      }),
      result: (state) => state,
    };
  });
}

/** Marks everything seen in one write: the bell was opened. */
export function markAllNotificationsSeen(
  deps: InboxDeps,
  userId: string,
): Promise<InboxState> {
  return changeInbox<InboxState>(deps, userId, null, ({ inbox }) => {
    if (inbox.unseen === 0) return { result: stateOf(inbox) };
    return {
      inbox: { unseen: 0, seenGeneration: inbox.seenGeneration + 1 },
      event: (state) => ({
        name: "notification:read",
        data: {
          all: true,
          read: false,
          seen: true,
          ...state,
        } satisfies NotificationRead,
      }),
      result: (state) => state,
    };
  });
}
