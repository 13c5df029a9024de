export {
  EMPTY_INBOX,
  type Inbox,
  type InboxState,
  type Notice,
  type Notification,
  type NotificationAction,
  type NotificationClear,
  type NotificationData,
  type NotificationNew,
  type NotificationRead,
  type NotificationType,
  type NotificationView,
} from "./types.ts";
export { NOTIFICATION_DATA, NOTIFICATION_TYPES } from "./types.ts";
export { type SendNotification, sendNotification, type Sent } from "./send.ts";
export {
  archiveNotification,
  deleteNotification,
  markAllNotificationsRead,
  markAllNotificationsSeen,
  type Marked,
  markNotificationRead,
  markNotificationSeen,
  restoreNotification,
  snoozeNotification,
} from "./mark.ts";
export {
  getNotification,
  getNotifications,
  getUnreadCount,
  type NotificationsPage,
  type NotificationsQuery,
} from "./list.ts";
export { type Notify, notifyJob } from "./notify_job.ts";
export { asks, settleAsk, type Settling } from "./asks.ts";
export { registerNotificationJobs } from "./jobs.ts";
export { notificationRows } from "./rows.ts";
export { renderNotification } from "./render.ts";
export {
  getPreferences,
  isMuted,
  muteSubject,
  preferenceDefaults,
  preferencesOf,
  setPreferences,
  unmuteSubject,
  withMute,
  withoutMute,
} from "./preferences/store.ts";
export {
  CHANNELS,
  DEFAULT_PREFERENCES,
  Mute,
  MUTE_KINDS,
  type NotificationChannel,
  NotificationPreferences,
} from "./preferences/types.ts";
export {
  type ChannelDecision,
  decideDelivery,
  type DeliveryContext,
  type DeliveryDecision,
  type Reason,
  type Rule,
} from "./preferences/decide.ts";
export {
  deliveryOf,
  platformVapid,
  registerDeliveryJobs,
} from "./delivery/jobs.ts";
export {
  addSubscription,
  endpointHash,
  listSubscriptions,
  liveSubscriptions,
  NewSubscription,
  removeSubscription,
} from "./delivery/subscriptions.ts";
export {
  readUnsubscribeToken,
  setSubscribed,
  type UnsubscribeScope,
} from "./delivery/unsubscribe.ts";
export { explainDecision, type Explained } from "./why/explain.ts";
export {
  type DeliveryStory,
  foreseeDelivery,
  getDeliveryStory,
  listQuietly,
  listWithheld,
  type WithheldView,
} from "./why/find.ts";
export { sampleNotice } from "./why/sample.ts";
export type { DeliveryAttempt, DeliveryLog } from "./delivery/log.ts";
export { LANGUAGE_NAMES } from "./text/mod.ts";
export { ADMIN_NOTIFICATION_TYPES } from "./types.ts";
export { announce, listAnnouncements } from "./announcements/announce.ts";
export {
  type Announced,
  type Announcement,
  NewAnnouncement,
} from "./announcements/types.ts";
export {
  hasNotificationsAbout,
  listNotificationsAbout,
  visitPage,
} from "./about.ts";
