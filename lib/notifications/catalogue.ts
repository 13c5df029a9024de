import { parseChannel } from "../realtime/channels.ts";
import { de } from "./text/de.ts";
import { en } from "./text/en.ts";
import type { Texts } from "./text/types.ts";
import type { NotificationData, NotificationType } from "./types.ts";

/** What a type looks like and where it leads, in any language. */
interface Entry<T extends NotificationType> {
  emoji: string;
  /** High: something waits for this person, or went against them. */
  priority: "normal" | "high";
  /** Path of the page it is about. */
  link: (data: NotificationData<T>) => string;
}

const bounty = (d: { bountyId: string }) =>
  `/bounties/${encodeURIComponent(d.bountyId)}`;
const guild = (d: { guildId: string }) =>
  `/guilds/${encodeURIComponent(d.guildId)}`;
const dispute = (d: { disputeId: string }) =>
  `/disputes/${encodeURIComponent(d.disputeId)}`;

/** A room's page, at a message of it. */
function room(d: { channel: string; messageId: string; authorHandle: string }) {
  const { subject } = parseChannel(d.channel) ?? {};
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

export const CATALOGUE: { [T in NotificationType]: Entry<T> } = {
  bounty_matched: { emoji: "🎯", priority: "normal", link: bounty },
  bounty_accepted: { emoji: "🤝", priority: "normal", link: bounty },
  bounty_submitted: { emoji: "📬", priority: "high", link: bounty },
  bounty_reviewed: { emoji: "🔍", priority: "normal", link: bounty },
  bounty_completed: { emoji: "🏆", priority: "normal", link: bounty },
  bounty_closed: { emoji: "⌛", priority: "normal", link: bounty },
  guild_application_accepted: { emoji: "✅", priority: "normal", link: guild },
  guild_application_rejected: { emoji: "🚪", priority: "normal", link: guild },
  guild_invite: { emoji: "💌", priority: "normal", link: guild },
  guild_member_joined: { emoji: "👋", priority: "normal", link: guild },
  guild_promoted: { emoji: "⭐", priority: "normal", link: guild },
  dispute_raised: { emoji: "⚖️", priority: "high", link: dispute },
  tribunal_vote_needed: { emoji: "🗳️", priority: "high", link: dispute },
  message_mention: { emoji: "💬", priority: "normal", link: room },
  direct_message: { emoji: "✉️", priority: "normal", link: room },
  announcement: {
    emoji: "📣",
    priority: "normal",
    link: (d) => d.link ?? "/notifications",
  },
  oracle_alert: {
    emoji: "🚨",
    priority: "high",
    link: (d) => `/admin/oracle?case=${encodeURIComponent(d.caseId)}`,
  },
  rank_changed: { emoji: "📈", priority: "normal", link: () => "/settings" },
};

/** Languages by their primary subtag. A language is added by a file in `text/` and a line here. */
const LANGUAGES: Record<string, Texts> = { en, de };

/** The texts nearest to a BCP 47 tag; English where there are none. */
export function textsFor(locale: string): Texts {
  return LANGUAGES[locale.split("-")[0]!.toLowerCase()] ?? en;
}
