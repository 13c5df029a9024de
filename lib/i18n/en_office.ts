import type { Catalogue } from "./translate.ts";

/** The texts of what officers look after in a room. */
export const enOffice = {
  "office.slow": "Slow mode",
  "office.slowOff": "Off",
  "office.slowSeconds": {
    one: "{count} second",
    other: "{count} seconds",
  },
  "office.permissions": "Who may",
  "office.right.write": "Write",
  "office.right.mentionEveryone": "Name @everyone",
  "office.right.pin": "Pin messages",
  "office.right.upload": "Send files",
  "office.role.member": "Members",
  "office.role.officer": "Officers",
  "office.role.owner": "The owner",
  "office.mutes": "Muted",
  "office.noMutes": "Nobody is muted in this room.",
  "office.untilLifted": "until lifted",
  "office.until": "until {time}",
  "office.lift": "Lift",
  "office.noReports": "No report waits for an answer.",
  "office.resolution": "What was done about it (optional)",
  "office.resolve": "Resolved",
  "office.dismiss": "Dismiss",
  "office.auditAbout":
    "What officers did in this room. Entries are never changed or deleted.",
  "office.noAudit": "Nothing yet.",
  "office.did.message_deleted": "deleted a message",
  "office.did.message_pinned": "pinned a message",
  "office.did.message_unpinned": "took a pin off",
  "office.did.member_muted": "muted somebody",
  "office.did.member_unmuted": "lifted a mute",
  "office.did.settings_changed": "changed the settings",
  "office.did.report_resolved": "answered a report",
  "office.did.room_exported": "took the record of the room",
} as const satisfies Catalogue;
