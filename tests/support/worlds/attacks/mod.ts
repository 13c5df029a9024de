/** Attacks that are planted among the life of a world. */
import type { AnomalyKind } from "../../../../lib/ai/oracle/mod.ts";
import type { Person, WorldBuilder } from "../builder.ts";
import type { Regime } from "../life.ts";
import { type Book, type Plot, WEEK } from "./plot.ts";
import { abuse, brigade } from "./disputes.ts";
import { outlier, ring } from "./money.ts";
import { collusion, velocity } from "./praise.ts";
import { sybils } from "./sybils.ts";
import { takeover } from "./takeover.ts";

export type { Book } from "./plot.ts";

const PLOTS: Record<AnomalyKind, (p: Plot) => void> = {
  self_dealing_ring: ring,
  review_collusion: collusion,
  velocity_spike: velocity,
  payment_outlier: outlier,
  sybil_guild: sybils,
  dispute_abuse: abuse,
  account_takeover: takeover,
  vote_brigading: brigade,
};

/** Plants each kind of attack `each` times among the world's people. */
export function plant(
  w: WorldBuilder,
  r: Regime,
  options: { camouflage: number; book: Book; each: number },
): void {
  const used = new Set<Person>();
  const cast = (n: number): Person[] => {
    const free = w.people.filter((x) =>
      !used.has(x) && x.joinedAt < w.end - WEEK
    );
    const chosen = w.dice.sample(free, n);
    for (const x of chosen) used.add(x);
    return chosen;
  };
  for (let n = 0; n < options.each; n++) {
    for (const plot of Object.values(PLOTS)) {
      plot({
        w,
        r,
        camouflage: options.camouflage,
        book: options.book,
        cast,
      });
    }
  }
}
