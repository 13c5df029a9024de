/** How somebody can be reached. */
export type StatusState = "online" | "idle" | "dnd" | "offline";

/** What others see of somebody's presence. Data of `user:status`, on the channels of their rooms. */
export interface Status {
  userId: string;
  state: StatusState;
  /** What they say, e.g. "On holiday". */
  text: string;
  emoji: string;
  /** When `dnd` and the text end, milliseconds; `null`: when they are changed. */
  until: number | null;
  /** Milliseconds; `null` while they are here. */
  lastSeenAt: number | null;
}
