import { type Book, plant } from "./attacks/mod.ts";
import type { LabelledWorld } from "./builder.ts";
import { feed } from "./feed.ts";
import { live, type Regime } from "./life.ts";
import { square } from "./square.ts";

export type { Attack, LabelledWorld } from "./builder.ts";
export type { Book } from "./attacks/mod.ts";
export type { Regime } from "./life.ts";
export { type Square, square } from "./square.ts";

const town: Regime = {
  name: "town",
  users: 500,
  weeks: 3,
  guildSize: 25,
  inequality: 0.8,
  pace: 2.2,
  inGuild: 0.6,
  loyalty: 0.25,
  amounts: { middle: 120, between: 0.7, within: 0.5 },
  workHours: 20,
  topRating: 0.6,
  disputes: 0.05,
  dismissed: 0.45,
  panel: [3, 7],
  voteHours: 30,
  unanimous: 0.3,
  jurors: "anybody",
  sharing: 0.05,
  travel: 0.03,
  newcomers: 0.02,
  bots: 2,
  bulkPayers: 4,
  popularWorkers: 3,
  studios: 2,
  iso: true,
};

/** The regimes by which the detector was tuned. */
export const TUNING: readonly Regime[] = [
  town,
  {
    ...town,
    name: "village",
    users: 150,
    guildSize: 12,
    jurors: "few",
    inGuild: 0.8,
    iso: false,
  },
  {
    ...town,
    name: "busy city",
    users: 1200,
    pace: 3.5,
    inequality: 1.1,
    disputes: 0.08,
    studios: 6,
    bots: 6,
    sharing: 0.12,
    amounts: { middle: 60, between: 1, within: 0.8 },
  },
];

/** Regimes that were held back: looked at for judging only. */
export const JUDGING: readonly Regime[] = [
  {
    ...town,
    name: "market (feed)",
    users: 400,
    weeks: 3,
    pace: 2,
    amounts: { middle: 200, between: 0, within: 0.6 },
    voteHours: 12,
    disputes: 0.06,
  },
  {
    ...town,
    name: "bazaar (feed)",
    users: 900,
    weeks: 4,
    pace: 1.2,
    amounts: { middle: 80, between: 0, within: 0.9, pareto: 2.2 },
    panel: [5, 5],
    voteHours: 48,
    disputes: 0.03,
    iso: false,
  },
  {
    ...town,
    name: "studios",
    users: 300,
    guildSize: 7,
    inGuild: 0.95,
    loyalty: 0.6,
    studios: 8,
    jurors: "guild",
    topRating: 0.8,
    sharing: 0.25,
    travel: 0.08,
    workHours: 8,
  },
  {
    ...town,
    name: "young",
    users: 350,
    weeks: 1,
    newcomers: 0.12,
    pace: 3,
    bots: 4,
    voteHours: 8,
    unanimous: 0.7,
    inequality: 1.2,
  },
  {
    ...town,
    name: "old and quiet",
    users: 2000,
    weeks: 4,
    pace: 0.7,
    travel: 0.1,
    amounts: { middle: 400, between: 1.2, within: 0.4 },
    bulkPayers: 20,
    panel: [3, 3],
  },
];

export interface WorldOptions {
  camouflage?: number;
  book?: Book;
  /** Attacks of each kind; 0 for a clean world. */
  each?: number;
}

/** A world with labels; the same arguments give the same world. */
export function makeWorld(
  regime: Regime,
  seed: number,
  options: WorldOptions = {},
): LabelledWorld {
  const w = regime.name.includes("feed")
    ? feed(regime, seed)
    : live(regime, seed);
  plant(w, regime, {
    camouflage: options.camouflage ?? 0,
    book: options.book ?? "tuning",
    each: options.each ?? 1,
  });
  return w.finish(regime.name);
}

/** Seeds below are for tuning, those from here on for judging: no detector was ever looked at with one of these. */
export const FIRST_JUDGING_SEED = 90_000;

/**
 * World number `n` for judging: regimes, attacks and seeds that the detector was not tuned on. Every sixth is written by
 * `square`.
 */
export function judgingWorld(
  n: number,
  options: { camouflage: number; each: number },
): LabelledWorld {
  const seed = FIRST_JUDGING_SEED + n;
  if (n % 6 === 5) {
    return square({
      name: "square",
      users: 600,
      weeks: 3,
      rate: 2,
      seed,
      ...options,
    });
  }
  const regime = JUDGING[n % 6]!;
  return makeWorld(regime, seed, { ...options, book: "judging" });
}
