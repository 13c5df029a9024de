import { dayKey } from "../../lib/i18n/day.ts";
import type { Place } from "../../lib/i18n/time.ts";

/** What the list needs to know of a message. */
export interface Line {
  /** The same from the moment it is typed until long after it is sent. */
  key: string;
  authorId: string;
  sentAt: number;
  content?: string;
}

/** `guess` is a guess of the row's height in pixels, until it has been drawn. */
export type Row<L extends Line> =
  & { key: string; guess: number }
  & (
    | { kind: "day"; at: number }
    | { kind: "fresh" }
    | { kind: "message"; line: L; head: boolean }
  );

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
    const today = dayOf(line.sentAt, place);
    let head = previous === undefined || previous.authorId !== line.authorId ||
      line.sentAt - previous.sentAt > GROUP;
    // A clock that runs behind must not open yesterday again below today.
    if (today > day) {
      rows.push({
        kind: "day",
        key: `day-${today}`,
        at: line.sentAt,
        guess: 38,
      });
      day = today;
      head = true;
    }
    if (line.key === freshFrom) {
      rows.push({ kind: "fresh", key: "fresh", guess: 30 });
      head = true;
    }
    const guess = heightOf(line.content ?? "") + (head ? 34 : 2);
    rows.push({ kind: "message", key: line.key, line, head, guess });
    previous = line;
  }
  return rows;
}

/** Every offset from UTC is whole quarters of an hour, so a day never changes within one. */
const QUARTER = 15 * 60_000;
const KEPT = 20_000;
const days = new Map<string, string>();

/** `dayKey`, remembered: it costs some microseconds, and a long room is laid out again with every message. */
function dayOf(at: number, place: Place): string {
  const quarter = Math.floor(at / QUARTER);
  const key = `${place.timeZone ?? ""} ${quarter}`;
  let day = days.get(key);
  if (day === undefined) {
    if (days.size > KEPT) days.clear();
    days.set(key, day = dayKey(at, place));
  }
  return day;
}

const LINE = 22.5;
const LETTERS = 84;

function heightOf(content: string): number {
  let lines = 0;
  for (const line of content.split("\n", 60)) {
    lines += Math.ceil(line.length / LETTERS) || 1;
  }
  return lines * LINE;
}
