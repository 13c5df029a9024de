import type { PublicUser } from "../users/types.ts";

/** How somebody can be reached. */
export type StatusState = "online" | "idle" | "dnd" | "offline";

/** What others see of somebody's presence. Data of `user:status`, on the channels of their rooms and on their own. */
export interface Status {
  userId: string;
  /** As it was when this was made: `online` turns into `idle` ten minutes after `activeAt`. */
  state: StatusState;
  /** What they say, e.g. "On holiday". */
  text: string;
  emoji: string;
  /** When `dnd` and the text end, milliseconds; `null`: when they are changed. */
  until: number | null;
  /** Milliseconds of the last thing they did on any device, to some minutes; `null` when that is not known. */
  activeAt: number | null;
  /** Milliseconds; `null` while they are here. */
  lastSeenAt: number | null;
}

/** Somebody as a reader meets them in a room. */
export interface PersonCard {
  user: PublicUser;
  /** `null` for who shares neither a guild nor a conversation with them. */
  status: Status | null;
  /** IANA name; `null` where they have chosen none, and as `status`. */
  timeZone: string | null;
  /** The guilds that both are in. */
  guilds: { id: string; name: string }[];
  /** The reader has blocked them. */
  blocked: boolean;
  /** The reader is told nothing of them. */
  muted: boolean;
}

/** What somebody sets: `auto` is what the devices say. */
export interface OwnStatus {
  state: "auto" | "dnd";
  text: string;
  emoji: string;
  /** Milliseconds; `null`: until it is changed. */
  until: number | null;
}
