import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DAY } from "../../../lib/clock.ts";
import {
  type Merits,
  nextRank,
  rankLevel,
  rankOf,
  RANKS,
  REQUIREMENTS,
  TRUST_MARGIN,
} from "../../../lib/users/mod.ts";

const merits = fc.record<Merits>({
  completed: fc.integer({ min: 0, max: 130 }),
  ratingCount: fc.integer({ min: 0, max: 40 }),
  ratingSum: fc.constant(0),
  trust: fc.integer({ min: 0, max: 1000 }),
  tenure: fc.integer({ min: 0, max: 500 }).map((days) => days * DAY),
}).chain((m) =>
  fc.integer({ min: m.ratingCount, max: 5 * m.ratingCount }).map((
    ratingSum,
  ) => ({ ...m, ratingSum }))
);
const held = fc.constantFrom(...RANKS);
const least = (rank: typeof RANKS[number]): Merits => {
  const { completed, rating, trust, tenure } = REQUIREMENTS[rank];
  return {
    completed,
    ratingCount: 100,
    ratingSum: 100 * (rating || 3),
    trust,
    tenure,
  };
};

Deno.test("exactly what a rank asks for gives it, one point less does not", () => {
  for (const rank of RANKS.slice(1)) {
    const enough = least(rank);
    assertEquals(rankOf("Newcomer", enough), rank);
    const below = RANKS[rankLevel(rank) - 1];
    assertEquals(
      rankOf("Newcomer", { ...enough, completed: enough.completed - 1 }),
      below,
    );
    assertEquals(
      rankOf("Newcomer", { ...enough, trust: enough.trust - 1 }),
      below,
    );
  }
});

Deno.test("a rank is settled at once: judged again, it is the same", () => {
  fc.assert(fc.property(held, merits, (rank, m) => {
    const after = rankOf(rank, m);
    assertEquals(rankOf(after, m), after);
  }));
});

Deno.test("a held rank never makes it harder, and only margins make it easier", () => {
  fc.assert(fc.property(held, merits, (rank, m) => {
    const fresh = rankLevel(rankOf("Newcomer", m));
    const after = rankLevel(rankOf(rank, m));
    assert(after >= fresh);
    const generous = {
      ...m,
      trust: m.trust + TRUST_MARGIN,
      ratingSum: m.ratingSum + 0.2 * m.ratingCount + 1e-9,
    };
    assert(after <= Math.max(fresh, rankLevel(rankOf("Newcomer", generous))));
  }));
});

Deno.test("trust that swings by less than the margin changes the rank at most once", () => {
  fc.assert(fc.property(
    merits,
    fc.integer({ min: 0, max: 1000 - TRUST_MARGIN }),
    fc.array(fc.integer({ min: 0, max: TRUST_MARGIN }), { minLength: 2 }),
    (m, base, swings) => {
      // Whatever is held settles first, at the top of the swing.
      let rank: string = rankOf("Newcomer", {
        ...m,
        trust: base + TRUST_MARGIN,
      });
      const settled = rank;
      for (const swing of swings) {
        rank = rankOf(rank, { ...m, trust: base + swing });
        assertEquals(rank, settled);
      }
    },
  ));
});

Deno.test("more of anything never takes a rank away", () => {
  fc.assert(fc.property(held, merits, merits, (rank, a, b) => {
    const more = {
      completed: Math.max(a.completed, b.completed),
      ratingCount: a.ratingCount,
      ratingSum: a.ratingSum,
      trust: Math.max(a.trust, b.trust),
      tenure: Math.max(a.tenure, b.tenure),
    };
    assert(rankLevel(rankOf(rank, more)) >= rankLevel(rankOf(rank, a)));
  }));
});

Deno.test("the next rank says what is missing", () => {
  const next = nextRank("Apprentice", {
    completed: 3,
    ratingCount: 2,
    ratingSum: 9,
    trust: 510,
    tenure: 14 * DAY,
  })!;
  assertEquals(next.rank, "Journeyman");
  assertEquals(
    Object.fromEntries(next.steps.map((s) => [s.what, s.done])),
    { completed: 0.6, rating: 1, trust: 510 / 520, tenure: 1 },
  );
  assertEquals(nextRank("Grandmaster", least("Grandmaster")), null);
});
