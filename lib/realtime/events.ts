/** The 18 events of the platform. Their payload types live with their subjects; `docs/events.md` has the table. */
export const EVENTS = [
  "message:new",
  "message:edit",
  "message:delete",
  "message:typing",
  "notification:new",
  "notification:read",
  "notification:clear",
  "bounty:new",
  "bounty:accepted",
  "bounty:submitted",
  "bounty:reviewed",
  "guild:member-join",
  "guild:updated",
  "dispute:raised",
  "dispute:escalated",
  "dispute:resolved",
  "user:rank-changed",
  "user:trust-changed",
] as const;

export type EventName = typeof EVENTS[number];
