import { z } from "zod";

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
  guild_application_accepted: z.object(guild),
  guild_application_rejected: z.object({ ...guild, reason: text.optional() }),
  guild_invite: z.object({
    ...guild,
    inviterId: id,
    inviterName: text,
    invitationId: id.optional(),
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
  dispute_raised: z.object({ disputeId: id, ...bounty, raisedBy: text }),
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
  archivedAt: number | null;
};

/** One row an inbox: everything that must not be counted by listing. */
export interface Inbox {
  /** Grows by one with every change, so that tabs can tell the newer of two counts. */
  revision: number;
  /** Unread and not archived. */
  unread: number;
  /** Grows when everything is marked read: one write, however much there is. */
  generation: number;
}

export const EMPTY_INBOX: Inbox = { revision: 0, unread: 0, generation: 0 };

export function isUnread(notification: Notification, inbox: Inbox): boolean {
  return notification.unreadIn === inbox.generation;
}

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
  archived: boolean;
  /** Milliseconds. */
  createdAt: number;
}

/** What every change of an inbox tells: the counts after it. */
export interface InboxState {
  unread: number;
  revision: number;
}

/** Data of `notification:new`. */
export type NotificationNew = InboxState & { notification: NotificationView };

/** Data of `notification:read`: one changed (it may have come back from the archive), or all are read. */
export type NotificationRead =
  & InboxState
  & ({ id: string; read: boolean; notification: NotificationView } | {
    all: true;
    read: true;
  });

/** Data of `notification:clear`: it left the inbox. */
export type NotificationClear = InboxState & {
  id: string;
  reason: "archived" | "deleted";
};
