/** What became of something that was asked. */
export const OUTCOMES = [
  "accepted",
  "answered",
  "cancelled",
  "closed",
  "decided",
  "declined",
  "expired",
  "removed",
  "resubmitted",
  "reviewed",
  "revoked",
  "taken",
  "voted",
  "withdrawn",
] as const;
export type Outcome = typeof OUTCOMES[number];
