import type { RoomPermissions } from "../../auth/room_rights.ts";

export type { RoomPermissions, RoomRole } from "../../auth/room_rights.ts";

/** What the officers of a room have set. Data of `room:updated`, on the room's channel. */
export interface RoomSettings {
  channel: string;
  /** What the room is about just now; empty: nothing is said. */
  topic: string;
  /** Seconds that must pass between two messages of a member; 0: none. Officers are free of it. */
  slowSeconds: number;
  /** The least role that may do each. */
  permissions: RoomPermissions;
  revision: number;
}

/** Somebody who may not write in a room. */
export interface Mute {
  channel: string;
  userId: string;
  /** Milliseconds; `null`: until it is lifted. */
  until: number | null;
  reason: string;
  byId: string;
  /** Milliseconds. */
  at: number;
}

/** Data of `room:muted`, on that user's own channel; `null`: they may write again. */
export interface MuteChange {
  channel: string;
  mute: Mute | null;
}

export type ReportReason = "spam" | "abuse" | "fraud" | "other";

/** A message that somebody wants the officers to look at. */
export interface Report {
  id: string;
  channel: string;
  messageId: string;
  reporterId: string;
  reason: ReportReason;
  note: string;
  /** Milliseconds. */
  at: number;
  /** The message and what stood around it, oldest first, as it was then. */
  context: {
    id: string;
    authorId: string;
    author: { handle: string; name: string };
    content: string;
    sentAt: number;
  }[];
  state: "open" | "resolved" | "dismissed";
  resolvedById: string | null;
  resolvedAt: number | null;
  resolution: string;
}

/** A row of a room's audit log: never changed, never deleted. */
export interface AuditEntry {
  id: string;
  channel: string;
  /** Milliseconds. */
  at: number;
  actorId: string;
  action:
    | "message_deleted"
    | "message_pinned"
    | "message_unpinned"
    | "member_muted"
    | "member_unmuted"
    | "settings_changed"
    | "topic_changed"
    | "report_resolved"
    | "room_exported";
  /** The message or person it was done to. */
  targetId: string | null;
  detail: Record<string, string | number | boolean | null>;
}
