import type { NotificationType } from "../../../lib/notifications/mod.ts";

/** The matrix of settings, in the order in which people look for things. A test sees to it that no type is left out. */
export const TYPE_GROUPS = {
  bounties: [
    "bounty_matched",
    "bounty_accepted",
    "bounty_submitted",
    "bounty_reviewed",
    "bounty_completed",
    "bounty_closed",
  ],
  guilds: [
    "guild_invite",
    "guild_applied",
    "guild_application_accepted",
    "guild_application_rejected",
    "guild_member_joined",
    "guild_promoted",
  ],
  disputes: [
    "dispute_raised",
    "tribunal_vote_needed",
    "dispute_resolved",
    "dispute_mediation",
  ],
  messages: ["direct_message", "message_mention", "room_message"],
  you: ["rank_changed", "announcement", "oracle_alert"],
} as const satisfies Record<string, readonly NotificationType[]>;
