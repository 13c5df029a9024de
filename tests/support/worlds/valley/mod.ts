import type { LabelledWorld } from "../builder.ts";
import { plant } from "./attacks.ts";
import { live } from "./life.ts";
import { Valley } from "./people.ts";

/**
 * A fifth way to write a world, from the sentences alone, when the detectors were there. Time zones and
 * weekends, a holiday before the window, flash sales within it, paydays, households, a guild in one house, a market
 * that opens, journeys, long evenings of talk, disputes that everybody votes on; rings that are long, slow or go through
 * mules, praise in circles without an answer, brigades with partial turnout, takeovers that grow, sybils with two or three
 * accounts a device. Camouflage is the share of ordinary acts, and slows attacks down.
 */
export function valley(
  seed: number,
  { camouflage = 0, each = 1 }: { camouflage?: number; each?: number } = {},
): LabelledWorld {
  const v = new Valley(seed);
  live(v);
  plant(v, each, camouflage);
  return v.finish(`valley ${seed}`);
}
