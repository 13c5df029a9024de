import { DAY } from "../../clock.ts";
import { del, keys, type Mutation, set } from "../../kv/mod.ts";
import type { Standing } from "./types.ts";

/** Boards on which people have a place. */
export const PEOPLE_BOARDS = [
  "trust",
  "completed",
  "earned",
  "jurors",
] as const;
export type PeopleBoard = typeof PEOPLE_BOARDS[number];
/** The period of boards that count everything. */
export const ALL_TIME = "all";
/** A month's places outlive it by this, in milliseconds. */
const MONTH_KEPT = 100 * DAY;

/** Somebody's score on a board; 0 has no place. */
interface Score {
  board: PeopleBoard;
  period: string;
  score: number;
}

function scoresOf(standing: Standing, trust: number): Score[] {
  const { completed, earned, votes, month, monthCompleted } = standing;
  return [
    { board: "trust", period: ALL_TIME, score: trust },
    { board: "completed", period: ALL_TIME, score: completed },
    { board: "completed", period: month, score: monthCompleted },
    { board: "earned", period: ALL_TIME, score: earned },
    { board: "jurors", period: ALL_TIME, score: votes },
  ];
}

/** Somebody's trust and counters; `null` before anything happened to them: until then they have no place. */
export type Placed = { standing: Standing; trust: number } | null;

/** Rows that move somebody on the leaderboards. */
export function placeRows(
  userId: string,
  before: Placed,
  after: Placed,
): Mutation[] {
  const old = before ? scoresOf(before.standing, before.trust) : [];
  const now = after ? scoresOf(after.standing, after.trust) : [];
  const rows: Mutation[] = [];
  for (const { board, period, score } of old) {
    const same = now.find((s) => s.board === board && s.period === period);
    if (score <= 0 || same?.score === score) continue;
    // The places of a month that has ended stay as they were.
    if (after && !same) continue;
    rows.push(del(keys.place(board, period, score, userId)));
  }
  for (const { board, period, score } of now) {
    const same = old.find((s) => s.board === board && s.period === period);
    if (score <= 0 || same?.score === score) continue;
    const key = keys.place(board, period, score, userId);
    rows.push(
      period === ALL_TIME ? set(key, score) : set(key, score, MONTH_KEPT),
    );
  }
  return rows;
}

/** The rows of somebody whose counters come from elsewhere (a seed): they replace nothing. */
export function standingRows(
  userId: string,
  standing: Standing,
  trust: number,
): Mutation[] {
  return [
    set(keys.standing(userId), standing),
    ...placeRows(userId, null, { standing, trust }),
  ];
}
