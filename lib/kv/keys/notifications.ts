/** Keys of notifications. */
type Key = Deno.KvKey;

export const notification = (
  userId: string,
  id: string,
): Key => ["notifications", userId, id];
export const notifications = (userId: string): Key => ["notifications", userId];
/** Index of what is unread. A generation ends when everything is marked read at once; its rows are then garbage. */
export const notificationUnread = (
  userId: string,
  generation: number,
  id: string,
): Key => ["notificationsUnread", userId, generation, id];
export const notificationsUnread = (
  userId: string,
  generation: number,
): Key => ["notificationsUnread", userId, generation];
export const notificationsUnreadOfUser = (
  userId: string,
): Key => ["notificationsUnread", userId];
/** Archived notifications live apart, so that the inbox lists without skipping them. */
export const notificationArchived = (
  userId: string,
  id: string,
): Key => ["notificationsArchived", userId, id];
export const notificationsArchived = (
  userId: string,
): Key => ["notificationsArchived", userId];
/** Counts, revision and unread generation of one inbox. */
export const inbox = (userId: string): Key => ["inboxes", userId];
/** Notification made for an idempotency key. */
export const notificationOnce = (
  userId: string,
  key: string,
): Key => ["notificationsOnce", userId, key];
