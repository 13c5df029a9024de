import { DAY } from "../../lib/clock.ts";
import type { User } from "../../lib/users/mod.ts";

/** Stored under `["trustDecay", userId]`. */
export interface TrustDecay {
  /** Whole days up to this time, in milliseconds, have been taken account of. */
  through: number;
  /** The newest 26: half a year of weekly runs. */
  history: TrustLoss[];
}

/** One loss of trust by inactivity. */
export interface TrustLoss {
  /** milliseconds */
  at: number;
  runId: string;
  from: number;
  to: number;
  /** Whole days since the last decay, or since the last activity where that is later. */
  days: number;
}

/** Days without activity before trust begins to fall. */
export const QUIET_DAYS = 30;
/** Points lost in one run, at most. */
export const LOSS_LIMIT = 50;
/** Inactivity never takes trust below this. */
export const TRUST_FLOOR = 500;
const HISTORY = 26;

/**
 * What inactivity costs a user at `at`, or `null` if nothing. A day is 24 hours of UTC, so neither months nor clock
 * changes matter. Days count once: they are counted from where the last decay stopped, or from the last activity
 * where that is later. What is over the limit of a run is forgiven.
 */
export function decayOf(
  user: Pick<User, "trust" | "lastActiveAt">,
  before: TrustDecay | null,
  at: number,
  runId: string,
): { trust: number; row: TrustDecay } | null {
  if (at - user.lastActiveAt < QUIET_DAYS * DAY) return null;
  if (user.trust <= TRUST_FLOOR) return null;
  const since = Math.max(user.lastActiveAt, before?.through ?? 0);
  const days = Math.floor((at - since) / DAY);
  if (days < 1) return null;
  const trust = Math.max(TRUST_FLOOR, user.trust - Math.min(days, LOSS_LIMIT));
  const loss: TrustLoss = { at, runId, from: user.trust, to: trust, days };
  return {
    trust,
    row: {
      through: since + days * DAY,
      history: [...before?.history ?? [], loss].slice(-HISTORY),
    },
  };
}
