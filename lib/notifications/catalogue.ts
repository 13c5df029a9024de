import { HOUR } from "../clock.ts";
import { parseChannel } from "../realtime/channels.ts";
import type { Mute, NotificationChannel } from "./preferences/types.ts";
import type { ActionName } from "./text/types.ts";
import type { Notice, NotificationData, NotificationType } from "./types.ts";

/** An action before it has its label. */
export type ActionOf =
  & { name: ActionName; style?: "primary" | "danger" }
  & ({ href: string } | { post: string; body?: Record<string, unknown> });

/** How several notifications become one that grows. */
export interface Group<T extends NotificationType> {
  /** Those with the same key belong together. */
  key: (data: NotificationData<T>) => string;
  /** Milliseconds after the first for which others are added to it, while it is unread. */
  window: number;
  /** Each one is worth a push; else only the first. */
  each?: boolean;
  add: (
    before: NotificationData<T>,
    next: NotificationData<T>,
  ) => NotificationData<T>;
}

/** What a type looks like, where it leads and how it is sent, in any language. */
export interface Entry<T extends NotificationType> {
  emoji: string;
  /** High: something waits for this person, or went against them. */
  priority: "normal" | "high";
  /** Passes quiet hours, unless its recipient says otherwise. */
  critical?: boolean;
  /** The ways it takes when its recipient has said nothing. */
  channels: Record<NotificationChannel, boolean>;
  /** Path of the page it is about. */
  link: (data: NotificationData<T>) => string;
  actions?: (data: NotificationData<T>) => ActionOf[];
  /** Milliseconds after which what it asks for is no longer possible. */
  expiresAt?: (data: NotificationData<T>) => number | undefined;
  group?: Group<T>;
}

const QUIET = { inApp: true, push: false, email: false };
const PUSHED = { inApp: true, push: true, email: false };
const MAILED = { inApp: true, push: false, email: true };
const EVERYWHERE = { inApp: true, push: true, email: true };

const bounty = (d: { bountyId: string }) =>
  `/bounties/${encodeURIComponent(d.bountyId)}`;
const guild = (d: { guildId: string }) =>
  `/guilds/${encodeURIComponent(d.guildId)}`;
const dispute = (d: { disputeId: string }) =>
  `/disputes/${encodeURIComponent(d.disputeId)}`;
const applications = (d: { guildId: string }) =>
  `/guilds/${encodeURIComponent(d.guildId)}/settings`;
const invitation = (guildId: string, answer: string) =>
  `/api/guilds/${encodeURIComponent(guildId)}/invitations/me/${answer}`;

/** A room's page, at a message of it. */
function room(d: { channel: string; messageId: string; authorHandle: string }) {
  const subject = parseChannel(d.channel)?.subject;
  const at = `#m-${encodeURIComponent(d.messageId)}`;
  switch (subject?.kind) {
    case "guild":
      return guild(subject) + at;
    case "dispute":
      return dispute(subject) + at;
    default:
      return `/messages/${encodeURIComponent(d.authorHandle)}${at}`;
  }
}

type Joined = NotificationData<"guild_member_joined">;

/** One more person; who comes again counts once, as far back as ids are kept. */
function addJoined(before: Joined, next: Joined): Joined {
  const known = before.userIds ?? [before.userId];
  const again = known.includes(next.userId);
  return {
    ...next,
    count: (before.count ?? 1) + Number(!again),
    userIds: [next.userId, ...known.filter((id) => id !== next.userId)]
      .slice(0, 100),
  };
}

/** One more message of the same person or room. */
function addMessage<T extends { count?: number }>(before: T, next: T): T {
  return { ...next, count: (before.count ?? 1) + (next.count ?? 1) };
}

export const CATALOGUE: { [T in NotificationType]: Entry<T> } = {
  bounty_matched: {
    emoji: "🎯",
    priority: "normal",
    channels: PUSHED,
    link: bounty,
    expiresAt: (d) => d.deadline,
  },
  bounty_accepted: {
    emoji: "🤝",
    priority: "normal",
    channels: EVERYWHERE,
    link: bounty,
  },
  bounty_submitted: {
    emoji: "📬",
    priority: "high",
    channels: EVERYWHERE,
    link: bounty,
    actions: (d) => [{ name: "review", style: "primary", href: bounty(d) }],
  },
  bounty_reviewed: {
    emoji: "🔍",
    priority: "normal",
    channels: EVERYWHERE,
    link: bounty,
  },
  bounty_completed: {
    emoji: "🏆",
    priority: "normal",
    channels: EVERYWHERE,
    link: bounty,
  },
  bounty_closed: {
    emoji: "⌛",
    priority: "normal",
    channels: EVERYWHERE,
    link: bounty,
  },
  guild_applied: {
    emoji: "📝",
    priority: "normal",
    channels: EVERYWHERE,
    link: applications,
    actions: (d) => [{
      name: "review",
      style: "primary",
      href: applications(d),
    }],
  },
  guild_application_accepted: {
    emoji: "✅",
    priority: "normal",
    channels: EVERYWHERE,
    link: guild,
  },
  guild_application_rejected: {
    emoji: "🚪",
    priority: "normal",
    channels: MAILED,
    link: guild,
  },
  guild_invite: {
    emoji: "💌",
    priority: "normal",
    channels: EVERYWHERE,
    link: guild,
    expiresAt: (d) => d.expiresAt,
    actions: (d) =>
      d.invitationId === undefined ? [{ name: "look", href: guild(d) }] : [
        {
          name: "accept",
          style: "primary",
          post: invitation(d.guildId, "accept"),
        },
        { name: "decline", post: invitation(d.guildId, "decline") },
      ],
  },
  guild_member_joined: {
    emoji: "👋",
    priority: "normal",
    channels: QUIET,
    link: guild,
    group: {
      key: (d) => `joined:${d.guildId}`,
      window: 24 * HOUR,
      add: addJoined,
    },
  },
  guild_promoted: {
    emoji: "⭐",
    priority: "normal",
    channels: PUSHED,
    link: guild,
  },
  dispute_raised: {
    emoji: "⚖️",
    priority: "high",
    critical: true,
    channels: EVERYWHERE,
    link: dispute,
    actions: (d) => [{ name: "answer", style: "primary", href: dispute(d) }],
  },
  dispute_resolved: {
    emoji: "🔨",
    priority: "high",
    channels: EVERYWHERE,
    link: dispute,
  },
  dispute_mediation: {
    emoji: "🧑‍⚖️",
    priority: "high",
    channels: EVERYWHERE,
    link: dispute,
    actions: (d) => [{ name: "look", style: "primary", href: dispute(d) }],
  },
  tribunal_vote_needed: {
    emoji: "🗳️",
    priority: "high",
    critical: true,
    channels: EVERYWHERE,
    link: dispute,
    expiresAt: (d) => d.deadline,
    actions: (d) => [{ name: "vote", style: "primary", href: dispute(d) }],
  },
  message_mention: {
    emoji: "💬",
    priority: "normal",
    channels: EVERYWHERE,
    link: room,
    actions: (d) => [{ name: "reply", href: room(d) }],
  },
  room_message: {
    emoji: "🗨️",
    priority: "normal",
    channels: PUSHED,
    link: room,
    actions: (d) => [{ name: "reply", href: room(d) }],
    group: {
      key: (d) => `room:${d.channel}`,
      window: 24 * HOUR,
      each: true,
      add: addMessage,
    },
  },
  direct_message: {
    emoji: "✉️",
    priority: "normal",
    channels: EVERYWHERE,
    link: room,
    actions: (d) => [{ name: "reply", href: room(d) }],
    group: {
      key: (d) => `dm:${d.authorId}`,
      window: 24 * HOUR,
      each: true,
      add: addMessage,
    },
  },
  announcement: {
    emoji: "📣",
    priority: "normal",
    channels: QUIET,
    link: (d) => d.link ?? "/notifications",
  },
  oracle_alert: {
    emoji: "🚨",
    priority: "high",
    channels: EVERYWHERE,
    link: (d) => `/admin/oracle?case=${encodeURIComponent(d.caseId)}`,
  },
  rank_changed: {
    emoji: "📈",
    priority: "normal",
    channels: QUIET,
    link: () => "/settings",
  },
};

/** The entry of a notification's type, for its data: they were parsed as one, which a lookup by a union cannot express. */
export function entryOf(type: NotificationType): Entry<NotificationType> {
  return CATALOGUE[type] as unknown as Entry<NotificationType>;
}

/**
 * What reading has read it: the channel of the room it is about, where a message has to come on the screen, else the
 * path of its page, where opening that is enough. `null` where it has no page of its own.
 */
export function aboutOf({ type, data }: Notice): string | null {
  if ("channel" in data) return data.channel;
  const path = entryOf(type).link(data).split(/[?#]/)[0]!;
  return path === "/notifications" ? null : path;
}

export type Subject = Pick<Mute, "kind" | "id">;

/** What a notification is about, as far as that can be muted. Nobody mutes themselves. */
export function subjectsOf({ type, data }: Notice): Subject[] {
  const d = data as Partial<Record<string, string>>;
  const subjects: Subject[] = [];
  const add = (kind: Subject["kind"], id: string | undefined) => {
    if (id !== undefined) subjects.push({ kind, id });
  };
  add("guild", d.guildId);
  add("bounty", d.bountyId);
  if (d.channel !== undefined) {
    add("room", d.channel);
    const about = parseChannel(d.channel)?.subject;
    if (about?.kind === "guild") add("guild", about.guildId);
  }
  if (type === "guild_invite") add("person", d.inviterId);
  if (type === "guild_member_joined") add("person", d.userId);
  add("person", d.authorId);
  return subjects;
}
