import { keys } from "../../kv/mod.ts";
import type { User } from "../../users/mod.ts";
import { findNotification } from "../find.ts";
import { preferencesOf } from "../preferences/store.ts";
import { muteOf } from "../preferences/decide.ts";
import type { NotificationPreferences } from "../preferences/types.ts";
import { readPeople } from "../named.ts";
import { renderNotification } from "../render.ts";
import {
  folderOf,
  type Inbox,
  inboxOf,
  isUnread,
  isUnseen,
  type Notification,
  type NotificationView,
} from "../types.ts";
import { type DeliveryLog, getDeliveryLog } from "./log.ts";
import type { DeliveryDeps } from "./types.ts";

/** The recipient as a delivery finds them when it runs, which may be long after it was decided. */
export interface Recipient {
  user: User;
  inbox: Inbox;
  preferences: NotificationPreferences;
}

export async function readRecipient(
  kv: Deno.Kv,
  userId: string,
): Promise<Recipient | null> {
  const [user, inbox, preferences] = await kv.getMany<[User, Inbox, unknown]>([
    keys.user(userId),
    keys.inbox(userId),
    keys.notificationPreferences(userId),
  ]);
  return user.value && {
    user: user.value,
    inbox: inboxOf(inbox.value),
    preferences: preferencesOf(preferences.value),
  };
}

export interface Deliverable {
  notification: Notification;
  view: NotificationView;
  log: DeliveryLog;
}

/** A notification to be delivered, or why it is not: in plain words, or `null` when there is nothing to say it of. */
export async function readDeliverable(
  { kv, now }: Pick<DeliveryDeps, "kv" | "now">,
  { user, inbox, preferences }: Recipient,
  id: string,
  channel: "push" | "email",
): Promise<Deliverable | { skipped: string | null; log: DeliveryLog | null }> {
  const [notification, log] = await Promise.all([
    findNotification(kv, user.id, id),
    getDeliveryLog(kv, user.id, id),
  ]);
  if (notification === null || log === null || log.done[channel]) {
    return { skipped: null, log };
  }
  const skip = (skipped: string) => ({ skipped, log });
  const inApp = log.decision.inApp.verdict !== "never";
  const folder = folderOf(notification);
  if (folder === "deleted") return skip("it was deleted first");
  if (notification.settled) return skip("what it asks for was settled first");
  if (notification.expiresAt && notification.expiresAt <= now()) {
    return skip("it had expired");
  }
  if (inApp) {
    if (!isUnread(notification, inbox)) return skip("it was read first");
    if (folder === "archived") return skip("it was archived first");
    if (folder === "snoozed") return skip("it was snoozed first");
    if (!isUnseen(notification, inbox)) {
      return skip("it was seen in the app first");
    }
  }
  if (
    preferences.types[notification.type]?.[channel] === false ||
    (channel === "email" && preferences.email.every === "never")
  ) return skip("it was switched off meanwhile");
  if (muteOf(notification, preferences.mutes, now())) {
    return skip("what it is about was muted meanwhile");
  }
  return {
    notification,
    log,
    view: renderNotification(notification, inbox, {
      ...user,
      people: await readPeople(kv, [notification]),
    }),
  };
}
