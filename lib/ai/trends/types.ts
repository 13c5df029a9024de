export type Direction = "rising" | "falling" | "steady";

/** How demand for a category or a skill has changed. */
export interface Trend {
  /** Category, or canonical skill. */
  name: string;
  direction: Direction;
  /** Bounties opened in the window, and in the one before. */
  now: number;
  before: number;
  /** Now over before, shrunk towards 1: a few bounties more or less do not shout. */
  ratio: number;
  /** How often chance alone would bring a change as large, 0–1. */
  chance: number;
  /** Opened in each of the last eight weeks, oldest first. */
  weeks: number[];
  /** Median of what is offered in the window, in credits; `null` without a bounty. */
  reward: number | null;
  /** Share of the window's bounties that a guild has taken; `null` without a bounty. */
  taken: number | null;
  /** A sentence by a language model, where one answered. */
  note: string | null;
}

/** What rises and falls, the strongest first, with what it was concluded from. */
export interface TrendReport {
  /** Milliseconds: `[before, from)` is compared with `[from, to)`. */
  before: number;
  from: number;
  to: number;
  /** Bounties opened in the window, and in the one before. */
  opened: { now: number; before: number };
  categories: Trend[];
  /** At most 24. */
  skills: Trend[];
  /** There were more bounties than are read: the oldest weeks are not complete. */
  cut: boolean;
  /** Two sentences by a language model, where one answered. */
  summary: string | null;
}
