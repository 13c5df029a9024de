/** What people do, as the oracle reads it. */
export const ACTIVITY_KINDS = [
  "user_registered",
  "user_signed_in",
  "guild_joined",
  "guild_left",
  "bounty_posted",
  "bounty_accepted",
  "bounty_submitted",
  "bounty_reviewed",
  "bounty_paid",
  "message_sent",
  "dispute_raised",
  "dispute_resolved",
  "tribunal_vote",
] as const;

export type ActivityKind = typeof ACTIVITY_KINDS[number];

/** One thing somebody did. What does not apply is `null`. */
export interface Activity {
  id: string;
  /** Milliseconds. */
  at: number;
  kind: ActivityKind;
  actorId: string;
  /** The other person concerned: payee, worker, accused, the party voted for. */
  counterpartyId: string | null;
  guildId: string | null;
  bountyId: string | null;
  amount: number | null;
  /** 1–5. */
  rating: number | null;
  outcome: "accepted" | "rejected" | "upheld" | "dismissed" | null;
  /** Opaque fingerprint of browser and network. */
  device: string | null;
}
