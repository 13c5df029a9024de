import { dayKey } from "../../lib/i18n/day.ts";
import type { Place } from "../../lib/i18n/time.ts";

/** What the list needs to know of a message. */
export interface Line {
  /** The same from the moment it is typed until long after it is sent. */
  key: string;
  authorId: string;
  sentAt: number;
}

export type Row<L extends Line> =
  | { kind: "day"; key: string; at: number }
  | { kind: "fresh"; key: "fresh" }
  | { kind: "message"; key: string; line: L; head: boolean };

/** Messages of one author closer than this stand under one head. */
const GROUP = 5 * 60_000;

/**
 * Lays messages out, oldest first: a separator where the reader's day changes, the "new" line before `freshFrom`, and a
 * head (name, avatar) where somebody else begins or some time has passed.
 */
export function layOut<L extends Line>(
  lines: readonly L[],
  place: Place,
  freshFrom: string | null,
): Row<L>[] {
  const rows: Row<L>[] = [];
  let previous: L | undefined;
  let day = "";
  for (const line of lines) {
    const today = dayKey(line.sentAt, place);
    let head = previous === undefined || previous.authorId !== line.authorId ||
      line.sentAt - previous.sentAt > GROUP;
    // A clock that runs behind must not open yesterday again below today.
    if (today > day) {
      rows.push({ kind: "day", key: `day-${today}`, at: line.sentAt });
      day = today;
      head = true;
    }
    if (line.key === freshFrom) {
      rows.push({ kind: "fresh", key: "fresh" });
      head = true;
    }
    rows.push({ kind: "message", key: line.key, line, head });
    previous = line;
  }
  return rows;
}
