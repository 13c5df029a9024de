import { Dice } from "../dice.ts";

/** What a harbour is like; every seed draws another one. */
export interface Plan {
  users: number;
  /** Whole weeks before the window; may be none. */
  weeks: number;
  iso: boolean;
  guilds: number;
  /** Sessions a person and day, in the middle. */
  pace: number;
  /** Spread (ln) of how busy people are. */
  inequality: number;
  messages: number;
  prices: "lognormal" | "list" | "hourly";
  middle: number;
  /** Spread (ln) between clients. */
  between: number;
  workHours: number;
  /** Share of 5-star reviews. */
  generosity: number;
  /** Disputes a bounty, and the share dismissed. */
  disputes: number;
  dismissed: number;
  panel: readonly [number, number];
  /** Jurors are drawn from everybody, the guild or a fixed bench. */
  bench: "all" | "guild" | "fixed";
  voteHours: number;
  /** Which activities carry a device. */
  devices: "all" | "most" | "sign-in";
  /** Whether a bounty's middle life carries amounts and counterparties. */
  rich: boolean;
  loyalty: number;
  offices: number;
  families: number;
  cohorts: number;
  /** Pairs and small circles that trade with each other honestly. */
  mentors: number;
  studios: number;
  stars: number;
  enterprises: number;
  /** A day on which everybody is busier. */
  sale: boolean;
  holiday: boolean;
  /** People whose browser is a new device every day. */
  privacy: number;
  phones: number;
  trips: number;
  scandals: number;
  bots: number;
}

/** Draws a harbour; the same seed gives the same. */
export function drawPlan(seed: number, users?: number): Plan {
  const d = new Dice(seed * 17 + 5);
  const n = users ?? Math.round(100 * Math.exp(d.between(0, 2.9)));
  const per = (low: number, high: number) =>
    Math.round(d.between(low, high) * n / 100);
  return {
    users: n,
    weeks: d.weighted([1, 1, 3, 4, 3]),
    iso: d.chance(0.7),
    guilds: Math.max(3, Math.round(n / d.between(8, 60))),
    pace: d.between(0.5, 1.6),
    inequality: d.between(0.4, 1.1),
    messages: d.between(0.5, 4),
    prices: d.pick(["lognormal", "list", "hourly"] as const),
    middle: Math.exp(d.between(2.5, 7)),
    between: d.between(0.2, 1),
    workHours: Math.exp(d.between(1, 4)),
    generosity: d.between(0.35, 0.9),
    disputes: d.between(0.01, 0.07),
    dismissed: d.between(0.3, 0.6),
    panel: d.pick([[3, 3], [5, 5], [3, 7], [5, 11], [7, 9]] as const),
    bench: d.pick(["all", "guild", "fixed"] as const),
    voteHours: d.pick([6, 24, 48, 72]),
    devices: d.pick(["all", "all", "most", "sign-in"] as const),
    rich: d.chance(0.6),
    loyalty: d.between(0.1, 0.6),
    offices: per(0.1, 0.6),
    families: per(0.5, 3),
    cohorts: d.int(1, 4),
    mentors: per(0.3, 1),
    studios: d.int(0, 3),
    stars: d.int(1, 4),
    enterprises: per(0.3, 1.5),
    sale: d.chance(0.4),
    holiday: d.chance(0.3),
    privacy: d.between(0, 0.015),
    phones: d.between(0.01, 0.06),
    trips: d.between(0.01, 0.04),
    scandals: d.int(0, 2),
    bots: d.int(0, 3),
  };
}
