/** Keys of notifications. */
type Key = Deno.KvKey;

/** In the inbox and in the archive a notification lies at its place, which is its id unless it was moved up. */
export const notification = (
  userId: string,
  place: string,
): Key => ["notifications", userId, place];
export const notifications = (userId: string): Key => ["notifications", userId];
/** Index of what is unread. A generation ends when everything is marked read at once; its rows are then garbage. */
export const notificationUnread = (
  userId: string,
  generation: number,
  place: string,
): Key => ["notificationsUnread", userId, generation, place];
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
  place: string,
): Key => ["notificationsArchived", userId, place];
export const notificationsArchived = (
  userId: string,
): Key => ["notificationsArchived", userId];
export const notificationSnoozed = (
  userId: string,
  id: string,
): Key => ["notificationsSnoozed", userId, id];
export const notificationsSnoozed = (
  userId: string,
): Key => ["notificationsSnoozed", userId];
/** For some days, so that a deletion can be taken back. */
export const notificationDeleted = (
  userId: string,
  id: string,
): Key => ["notificationsDeleted", userId, id];
/** Place of a notification by id, where it is not the id itself. */
export const notificationPlace = (
  userId: string,
  id: string,
): Key => ["notificationPlaces", userId, id];
/** Index of what is in the inbox and will expire. */
export const notificationExpiring = (
  userId: string,
  expiresAt: number,
  id: string,
): Key => ["notificationsExpiring", userId, expiresAt, id];
export const notificationsExpiring = (
  userId: string,
): Key => ["notificationsExpiring", userId];
/** Index of what is unread by what it is about: the channel of a room's messages, else the path of a page. */
export const notificationAbout = (
  userId: string,
  about: string,
  id: string,
): Key => ["notificationsAbout", userId, about, id];
export const notificationsAbout = (
  userId: string,
  about: string,
): Key => ["notificationsAbout", userId, about];
/** Index of what still asks for something, by what it asks: of everybody, so that one answer reaches them all. */
export const notificationAsking = (
  ask: string,
  userId: string,
  id: string,
): Key => ["notificationsAsking", ask, userId, id];
export const notificationsAsking = (
  ask: string,
  userId?: string,
): Key => ["notificationsAsking", ask, ...userId === undefined ? [] : [userId]];
/** That something asked is settled, for one person or (`""`) for everybody: what is told of it later comes too late. */
export const askSettled = (
  ask: string,
  userId: string,
): Key => ["asksSettled", ask, userId];
/** Counts, revision and generations of one inbox. */
export const inbox = (userId: string): Key => ["inboxes", userId];
/** Notification made for an idempotency key. */
export const notificationOnce = (
  userId: string,
  key: string,
): Key => ["notificationsOnce", userId, key];
/** The notification that further ones of a group are added to. */
export const notificationGroup = (
  userId: string,
  group: string,
): Key => ["notificationGroups", userId, group];
/** Why and how one was delivered. */
export const notificationDelivery = (
  userId: string,
  id: string,
): Key => ["notificationDeliveries", userId, id];
/** What its recipient's settings kept back altogether. */
export const notificationWithheld = (
  userId: string,
  id: string,
): Key => ["notificationsWithheld", userId, id];
export const notificationsWithheld = (
  userId: string,
): Key => ["notificationsWithheld", userId];
/** What waits for a digest by e-mail, or for the end of quiet hours as one push. */
export const notificationHeld = (
  userId: string,
  channel: "push" | "email",
  due: number,
  id: string,
): Key => ["notificationsHeld", userId, channel, due, id];
export const notificationsHeld = (
  userId: string,
  channel: "push" | "email",
  due: number,
): Key => ["notificationsHeld", userId, channel, due];
export const notificationPreferences = (
  userId: string,
): Key => ["notificationPreferences", userId];
/** A browser that takes push messages, by the hash of its endpoint. */
export const pushSubscription = (
  userId: string,
  hash: string,
): Key => ["pushSubscriptions", userId, hash];
export const pushSubscriptions = (
  userId: string,
): Key => ["pushSubscriptions", userId];
/** Whose a push endpoint is: a browser belongs to the last who signed in on it. */
export const pushEndpoint = (hash: string): Key => ["pushEndpoints", hash];
export const announcement = (id: string): Key => ["announcements", id];
export const announcements = (): Key => ["announcements"];
