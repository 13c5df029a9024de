/** Tables whose rows belong to one person: the second part of a key is their id. What is listed here goes with them. */
const OWN = [
  "blocks",
  "conversations",
  "drafts",
  "inboxes",
  "mentions",
  "notificationDeliveries",
  "notificationGroups",
  "notificationPlaces",
  "notificationPreferences",
  "notifications",
  "notificationsAbout",
  "notificationsArchived",
  "notificationsDeleted",
  "notificationsExpiring",
  "notificationsHeld",
  "notificationsOnce",
  "notificationsSnoozed",
  "notificationsUnread",
  "notificationsWithheld",
  "pushSubscriptions",
  "readMarks",
  "roomStars",
  "scheduled",
  "sessionsOfUser",
  "threads",
  "trustCauses",
  "trustHistory",
] as const;

/** One key a table: a row of its own, or the prefix of many. */
export function ownedBy(userId: string): Deno.KvKey[] {
  return OWN.map((table) => [table, userId]);
}
