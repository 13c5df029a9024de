import { GUILD_BOARD } from "../guilds/mod.ts";
import { ALL_TIME, monthOf, PEOPLE_BOARDS } from "../users/mod.ts";

/** Every leaderboard. `completed` is also kept a month. */
export const BOARDS = [...PEOPLE_BOARDS, GUILD_BOARD] as const;
export type Board = typeof BOARDS[number];

export const PERIODS = ["all", "month"] as const;
export type Period = typeof PERIODS[number];

/** Whether places on a board are counted for a period. */
export function hasPeriod(board: Board, period: Period): boolean {
  return period === "all" || board === "completed";
}

/** A period as the keys of places name it. */
export function periodKey(period: Period, now: number): string {
  return period === "all" ? ALL_TIME : monthOf(now);
}
