import type { LabelledWorld } from "../builder.ts";
import { plantInHarbour } from "./attacks.ts";
import { settleHarbour } from "./life.ts";

/**
 * A fourth way to write a world, from the sentences alone. Each seed draws another harbour: its size, rhythm, prices, courts, what
 * carries a device and how much past there is. Its honest people are hard to tell from culprits: families, offices,
 * workshops, mentors, studios, generous clients, sales, journeys, private browsers. Camouflage is the share of ordinary acts among all that
 * the culprits do, and slows them down.
 */
export function harbour(
  seed: number,
  o: { camouflage?: number; each?: number; users?: number } = {},
): LabelledWorld {
  const h = settleHarbour(seed, o.users);
  plantInHarbour(h, o.each ?? 1, o.camouflage ?? 0);
  return h.w.finish(`harbour ${seed}`);
}
