/** Tallies and draws, without a store. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { pickJurors, quorumOf, tallyOf } from "../../../lib/disputes/mod.ts";

Deno.test("a tally is for who has more votes of more than half of the jurors", () => {
  fc.assert(fc.property(
    fc.constantFrom(3, 5),
    fc.array(fc.constantFrom("raiser", "accused"), { maxLength: 5 }),
    (jurors, cast) => {
      const votes = cast.slice(0, jurors);
      const quorum = quorumOf(jurors);
      const pro = votes.filter((v) => v === "raiser").length;
      const contra = votes.length - pro;
      const tally = tallyOf(
        { raiserId: "raiser", accusedId: "accused", quorum },
        votes,
      );
      assertEquals(tally.votes, { raiser: pro, accused: contra });
      assertEquals(
        tally.forId,
        votes.length * 2 <= jurors || pro === contra
          ? null
          : pro > contra
          ? "raiser"
          : "accused",
      );
      if (tally.forId && tally.frivolous) assert(pro === 0 && contra >= 3);
    },
  ));
});

Deno.test("a draw is an odd number of those eligible, each once, the same for the same seed, and fair", () => {
  fc.assert(fc.property(
    fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 }),
    fc.string(),
    (eligible, seed) => {
      const drawn = pickJurors(seed, eligible);
      assertEquals(drawn, pickJurors(seed, eligible.toReversed()));
      assertEquals(new Set(drawn).size, drawn.length);
      for (const id of drawn) assert(eligible.includes(id));
      assertEquals(
        drawn.length,
        eligible.length === 0
          ? 0
          : Math.min(5, eligible.length - (eligible.length + 1) % 2),
      );
    },
  ));
  const ids = Array.from({ length: 20 }, (_, i) => `juror-${i}`);
  const times = new Map<string, number>();
  for (let i = 0; i < 2_000; i++) {
    for (const id of pickJurors(`seed ${i}`, ids)) {
      times.set(id, (times.get(id) ?? 0) + 1);
    }
  }
  // 500 each; six standard deviations are 116.
  for (const id of ids) assert(Math.abs(times.get(id)! - 500) < 116, id);
});
