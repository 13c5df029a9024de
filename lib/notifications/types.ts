import { z } from "zod";
import type { Outcome } from "./outcomes.ts";

const id = z.string().min(1).max(128);
const text = z.string().max(200);
const guild = { guildId: id, guildName: text };
const bounty = { bountyId: id, bountyTitle: text };
/** A message, and who wrote it. `excerpt` is its beginning. */
const message = {
  channel: text,
  messageId: id,
  authorId: id,
  authorHandle: text,
  authorName: text,
  excerpt: text,
};

/** What each type of notification is about. Parsed before it is stored. */
export const NOTIFICATION_DATA = {
  bounty_matched: z.object({
    ...bounty,
    reason: text.optional(),
    reward: z.number().optional(),
    /** Milliseconds; nobody can accept it after that. */
    deadline: z.number().optional(),
  }),
  bounty_accepted: z.object({ ...bounty, ...guild }),
  bounty_submitted: z.object({ ...bounty, ...guild }),
  bounty_reviewed: z.object({
    ...bounty,
    outcome: z.enum(["accepted", "changes", "rejected"]),
    rating: z.number().int().min(1).max(5).optional(),
  }),
  bounty_completed: z.object({ ...bounty, amount: z.number() }),
  bounty_closed: z.object({
    ...bounty,
    ending: z.enum(["cancelled", "expired"]),
    note: text.optional(),
  }),
  /** To the officers: somebody waits for their answer. */
  guild_applied: z.object({
    ...guild,
    userId: id,
    userHandle: text,
    userName: text,
  }),
  guild_application_accepted: z.object(guild),
  guild_application_rejected: z.object({ ...guild, reason: text.optional() }),
  guild_invite: z.object({
    ...guild,
    inviterId: id,
    inviterName: text,
    invitationId: id.optional(),
    /** Milliseconds; the invitation's end. */
    expiresAt: z.number().optional(),
  }),
  guild_member_joined: z.object({
    ...guild,
    userId: id,
    userHandle: text,
    userName: text,
    /** Of everybody who joined within the window; absent for one. */
    count: z.number().int().min(1).optional(),
    /** The latest first, `userId` among them; those of `count` beyond a hundred are not named. */
    userIds: z.array(id).max(100).optional(),
  }),
  guild_promoted: z.object({ ...guild, role: z.enum(["owner", "officer"]) }),
  dispute_raised: z.object({
    disputeId: id,
    ...bounty,
    raiserId: id.optional(),
    raisedBy: text,
  }),
  /** To the parties; `withdrawn` to the one who did not. */
  dispute_resolved: z.object({
    disputeId: id,
    ...bounty,
    result: z.enum(["won", "lost", "withdrawn"]),
  }),
  /** To admins only: no tribunal came to a verdict. */
  dispute_mediation: z.object({ disputeId: id, ...bounty }),
  tribunal_vote_needed: z.object({
    disputeId: id,
    bountyTitle: text,
    deadline: z.number(),
  }),
  rank_changed: z.object({
    from: text,
    to: text,
    direction: z.enum(["up", "down"]),
  }),
  message_mention: z.object({
    ...message,
    /** What the room is called. */
    roomName: text,
    mentioned: z.enum(["you", "officers", "everyone"]).default("you"),
  }),
  /** In a room of which its recipient wants to hear every message. */
  room_message: z.object({
    ...message,
    roomName: text,
    /** Messages that this one stands for; absent for one. */
    count: z.number().int().min(1).optional(),
  }),
  direct_message: z.object({
    ...message,
    /** Messages that this one stands for; absent for one. */
    count: z.number().int().min(1).optional(),
  }),
  /** From the admins to everybody. */
  announcement: z.object({
    announcementId: id,
    title: text,
    body: z.string().max(2_000),
    /** A path of this site. */
    link: z.string().max(500).regex(/^\/(?![/\\])/).optional(),
  }),
  /** To admins only: the oracle found critical cases. */
  oracle_alert: z.object({
    cases: z.number().int().min(1),
    caseId: id,
    kind: text,
    reason: text,
    riskScore: z.number(),
  }),
} as const;

export type NotificationType = keyof typeof NOTIFICATION_DATA;

/** Types that only admins get. */
export const ADMIN_NOTIFICATION_TYPES: readonly NotificationType[] = [
  "dispute_mediation",
  "oracle_alert",
];

/** The types that everybody may get. */
export const NOTIFICATION_TYPES = (Object.keys(
  NOTIFICATION_DATA,
) as NotificationType[]).filter((type) =>
  !ADMIN_NOTIFICATION_TYPES.includes(type)
);

export type NotificationData<T extends NotificationType = NotificationType> =
  z.infer<typeof NOTIFICATION_DATA[T]>;

/** A type with the data that belongs to it. */
export type Notice = {
  [T in NotificationType]: { type: T; data: NotificationData<T> };
}[NotificationType];

/** A notification as stored. */
export type Notification = Notice & {
  id: string;
  userId: string;
  createdAt: number;
  /** The inbox's generation in which it is unread; read when it is `null` or another one. */
  unreadIn: number | null;
  /** The inbox's seen generation in which nobody has seen it; seen when it is absent or another one. */
  unseenIn?: number | null;
  archivedAt: number | null;
  /**
   * Where it stands in the lists: an id, larger ones first. Its own unless it came back from a snooze or grew: then a
   * later one, so that it stands on top again.
   */
  place?: string;
  /** Milliseconds; out of the inbox until then. */
  snoozedUntil?: number | null;
  /** Milliseconds; kept for some days, so that it can be taken back. */
  deletedAt?: number | null;
  /** Milliseconds; what it asks for is no longer possible after it. */
  expiresAt?: number | null;
  /** When it was taken out of the inbox because of `expiresAt`. */
  expiredAt?: number | null;
  /** What it asks for, of `asks`; absent where it asks for nothing. */
  ask?: string;
  /** That this is done, or no longer possible; by whom, `null` where nobody did. */
  settled?: { outcome: Outcome; byId: string | null; at: number };
};

/** One row an inbox: everything that must not be counted by listing. */
export interface Inbox {
  /** Grows by one with every change, so that tabs can tell the newer of two counts. */
  revision: number;
  /** In the inbox and unread. */
  unread: number;
  /** In the inbox and never shown to its owner: what a badge counts. */
  unseen: number;
  /** Grows when everything is marked read: one write, however much there is. */
  generation: number;
  /** Grows when everything is marked seen. */
  seenGeneration: number;
  /** No notification in the inbox expires before this, milliseconds; `null`: none expires. */
  nextExpiry: number | null;
  /** What was sent beyond the app since `from`, milliseconds: pushes of an hour, e-mails of a day. */
  sent?: Partial<Record<"push" | "email", { from: number; count: number }>>;
}

export const EMPTY_INBOX: Inbox = {
  revision: 0,
  unread: 0,
  unseen: 0,
  generation: 0,
  seenGeneration: 0,
  nextExpiry: null,
};

/** An inbox's row as it was read; those of earlier versions lack fields. */
export function inboxOf(row: Partial<Inbox> | null): Inbox {
  return { ...EMPTY_INBOX, ...row };
}

export function isUnread(notification: Notification, inbox: Inbox): boolean {
  return notification.unreadIn === inbox.generation;
}

export function isUnseen(notification: Notification, inbox: Inbox): boolean {
  return notification.unseenIn === inbox.seenGeneration;
}

/** Where a notification lies. Only those in the inbox count. */
export type Folder = "inbox" | "archived" | "snoozed" | "deleted";

export function folderOf(
  { deletedAt, archivedAt, snoozedUntil }: Notification,
): Folder {
  if (deletedAt) return "deleted";
  if (archivedAt !== null) return "archived";
  return snoozedUntil ? "snoozed" : "inbox";
}

/** Something that can be done about a notification: a page to open, or a request to send with the reader's session. */
export type NotificationAction =
  & { id: string; label: string; style: "primary" | "default" | "danger" }
  & (
    | { href: string }
    | { post: { path: string; body: Record<string, unknown> } }
  );

/** A notification as shown: rendered in the reader's language. */
export interface NotificationView {
  id: string;
  type: NotificationType;
  emoji: string;
  title: string;
  body: string;
  /** Path of the page it is about. */
  link: string;
  priority: "normal" | "high";
  data: NotificationData;
  read: boolean;
  seen: boolean;
  archived: boolean;
  deleted: boolean;
  /** Milliseconds; `null` when it is not snoozed. */
  snoozedUntil: number | null;
  /** Milliseconds; `null` when it does not expire. */
  expiresAt: number | null;
  /** What it asked for is no longer possible. */
  expired: boolean;
  /** Empty when it has expired or is settled. */
  actions: NotificationAction[];
  /** What became of what it asked for, in the reader's words; `null` while it is open, or asks for nothing. */
  outcome: string | null;
  /** Lists are sorted by it, larger ones first; cursors are places. */
  place: string;
  /** Milliseconds. */
  createdAt: number;
}

/** What every change of an inbox tells: the counts after it. */
export interface InboxState {
  unread: number;
  unseen: number;
  revision: number;
}

export function stateOf({ unread, unseen, revision }: Inbox): InboxState {
  return { unread, unseen, revision };
}

/**
 * Data of `notification:new`. `quiet`: it changes what is shown and is no reason to interrupt (one more of several that
 * are one notification).
 */
export type NotificationNew = InboxState & {
  notification: NotificationView;
  quiet?: true;
};

/** Data of `notification:read`: one changed (it may have come back), or all are read, or all are seen. */
export type NotificationRead =
  & InboxState
  & (
    | { id: string; read: boolean; notification: NotificationView }
    | { all: true; read: boolean; seen: true }
  );

/** Data of `notification:clear`: it left the inbox. */
export type NotificationClear = InboxState & {
  id: string;
  reason: "archived" | "deleted" | "snoozed" | "expired";
};
