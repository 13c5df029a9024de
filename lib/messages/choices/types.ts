/** Of which messages of a room somebody is told: of every one, of those that name them, of none. */
export const LEVELS = ["all", "mentions", "nothing"] as const;
export type RoomLevel = typeof LEVELS[number];

/** What somebody has chosen for a room. Data of `room:choice`, on their own channel. */
export interface RoomChoice {
  channel: string;
  level: RoomLevel;
  /** Its reader is told nothing of it: by the level, or because they have muted its guild or the other of two. */
  muted: boolean;
  starred: boolean;
}
