/** Roles in a room, the least first. In a dispute parties and jurors are members, mediators officers. */
export const ROOM_ROLES = ["member", "officer", "owner"] as const;
export type RoomRole = typeof ROOM_ROLES[number];

/** The least role that may do each. */
export interface RoomPermissions {
  write: RoomRole;
  /** Add a reaction; of its own, so that people answer where only officers write. */
  react: RoomRole;
  mentionEveryone: RoomRole;
  pin: RoomRole;
  upload: RoomRole;
}

export const DEFAULT_PERMISSIONS: RoomPermissions = {
  write: "member",
  react: "member",
  mentionEveryone: "officer",
  pin: "officer",
  upload: "member",
};

/** Why somebody may not do something. */
export type Refusal =
  /** Not one of the people of the channel, or there is no such channel. */
  | { reason: "closed" }
  /** It takes a higher role. */
  | { reason: "role" }
  /** They have been muted; until then in milliseconds, `null`: until it is lifted. */
  | { reason: "muted"; until: number | null }
  /** The dispute has ended; its room is kept as it was said. */
  | { reason: "ended" }
  /** One of two people has blocked the other. */
  | { reason: "blocked" };

export function isAtLeast(role: RoomRole, least: RoomRole): boolean {
  return ROOM_ROLES.indexOf(role) >= ROOM_ROLES.indexOf(least);
}

/** What of a room's settings rights depend on. */
export interface RoomRules {
  permissions: Partial<RoomPermissions>;
}

/** What of a mute rights depend on: milliseconds, `null`: until it is lifted. */
export interface MuteRow {
  until: number | null;
}

/** What a role may do in a room, by its settings and the person's mute. */
export function byRole(
  role: RoomRole,
  right: "see" | "administer" | keyof RoomPermissions,
  rules: RoomRules | null,
  mute: MuteRow | null,
  at: number,
): Refusal | null {
  if (right === "see") return null;
  if (right === "administer") {
    return isAtLeast(role, "officer") ? null : { reason: "role" };
  }
  if (mute && (mute.until === null || mute.until > at)) {
    return { reason: "muted", until: mute.until };
  }
  const permissions = permissionsOf(rules);
  const writes = right === "react" || isAtLeast(role, permissions.write);
  return writes && isAtLeast(role, permissions[right])
    ? null
    : { reason: "role" };
}

/** What holds in a room: rules that were stored before there was a right say nothing of it. */
export function permissionsOf(rules: RoomRules | null): RoomPermissions {
  return { ...DEFAULT_PERMISSIONS, ...rules?.permissions };
}
