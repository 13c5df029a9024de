import { DAY } from "../../lib/clock.ts";
import { type Absence, type User, withLoss } from "../../lib/users/mod.ts";

/** Days without activity before trust begins to fall. */
export const QUIET_DAYS = 30;
/** Points lost in one run, at most. */
export const LOSS_LIMIT = 50;
/** Inactivity never takes trust below this. */
export const TRUST_FLOOR = 500;

/**
 * What inactivity costs a user at `at`, or `null` if nothing. A day is 24 hours of UTC, so neither months nor clock
 * changes matter. Days count once: they are counted from where the last decay stopped, or from the last activity
 * where that is later. What is over the limit of a run is forgiven.
 */
export function decayOf(
  user: Pick<User, "trust" | "lastActiveAt" | "absence">,
  at: number,
): { trust: number; absence: Absence } | null {
  const { trust: from, lastActiveAt, absence } = user;
  if (at - lastActiveAt < QUIET_DAYS * DAY) return null;
  if (from <= TRUST_FLOOR) return null;
  const since = Math.max(lastActiveAt, absence?.through ?? 0);
  const days = Math.floor((at - since) / DAY);
  if (days < 1) return null;
  const trust = Math.max(TRUST_FLOOR, from - Math.min(days, LOSS_LIMIT));
  return {
    trust,
    absence: withLoss(absence, since + days * DAY, { at, from, to: trust }),
  };
}
