import { DAY, HOUR } from "../clock.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import {
  EMPTY_INBOX,
  type Inbox,
  type Notice,
  type Notification,
  notificationRows,
} from "../notifications/mod.ts";
import type { Asked } from "./asked.ts";
import { idAt } from "./ids.ts";
import { NOTICES } from "./notices.ts";

/** Somebody's notifications and their counts. */
export function inboxRows(
  seed: number,
  today: number,
  userId: string,
  askedBy: (notice: Notice) => Asked,
): Mutation[] {
  const notices = NOTICES[userId]!;
  const inbox: Inbox = {
    ...EMPTY_INBOX,
    revision: notices.length,
    unread: notices.filter((n) => n.state === "unread").length,
    unseen: notices.filter((n) => n.state === "unread").length,
  };
  const rows = notices.flatMap(({ age, state, ...notice }) => {
    if (notice.type === "tribunal_vote_needed" && notice.data.deadline === 0) {
      notice.data = { ...notice.data, deadline: today + 2 * DAY + 15 * HOUR };
    }
    const createdAt = today - age;
    const notification: Notification = {
      ...notice,
      ...askedBy(notice),
      id: idAt(createdAt, seed, userId, notice.type),
      userId,
      createdAt,
      unreadIn: state === "unread" ? inbox.generation : null,
      unseenIn: state === "unread" ? inbox.seenGeneration : null,
      archivedAt: state === "archived" ? createdAt + DAY : null,
    };
    return notificationRows(notification, inbox);
  });
  return [...rows, set(keys.inbox(userId), inbox)];
}
